/** What varies between starts. */
export interface SettingsInput {
  port: number;
  /** False only in tests: a power cut may then damage the data; the death of a process still loses nothing. Many programs share one server there. */
  fsync: boolean;
}

/**
 * Settings for a small machine, given on the command line so that an upgrade of ours takes effect
 * on old clusters. No Unix socket: its path may hold about 100 bytes, DATA_DIR may be longer.
 */
export function settingsArguments({ port, fsync }: SettingsInput): string[] {
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: fsync ? '100' : '400',
    shared_buffers: '128MB',
    huge_pages: 'off', // `try` crashes in containers that advertise pages they may not use
    wal_level: 'minimal', // no replica reads from this server
    max_wal_senders: '0',
    max_wal_size: '512MB',
    jit: 'off',
    random_page_cost: '1.1',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_destination: 'stderr',
    logging_collector: 'off',
    log_line_prefix: '%m [%p] %q%u@%d ',
    log_checkpoints: 'off',
    lc_messages: 'C', // we read the log for known problems
    password_encryption: 'scram-sha-256',
    ...(fsync ? { fsync: 'on' } : { fsync: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** The few variables the server needs; it must inherit neither our secrets nor anybody's PG… defaults. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const wanted = ['PATH', 'LD_LIBRARY_PATH', 'SYSTEMROOT', 'TEMP', 'TMP'];
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => wanted.includes(name.toUpperCase())));
}
