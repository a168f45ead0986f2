/** A second program was started on a DATA_DIR that a live one already owns. */
export class DataDirInUseError extends Error {
  override readonly name = 'DataDirInUseError';
  readonly code = 'data_dir_in_use';

  constructor(
    readonly dataDir: string,
    /** Process id of the owner; undefined when it could not be found out. */
    readonly pid: number | undefined,
  ) {
    const who = pid === undefined ? '' : ` (pid ${pid})`;
    super(`Another Chamberlain${who} is already running on ${dataDir}. Stop it, or set DATA_DIR to another folder.`);
  }
}

/** The embedded server could not be started, reached or stopped; the message carries the hint and the end of the server log. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
  readonly code = 'embedded_postgres_failed';

  constructor(
    readonly problem: string,
    /** What the operator can do about it, one or two sentences. */
    readonly hint: string,
    /** The last lines the server wrote, empty when it wrote none. */
    readonly serverLog: string = '',
    options?: ErrorOptions,
  ) {
    super([problem, hint, serverLog && `The server said:\n${serverLog}`].filter(Boolean).join('\n'), options);
  }
}
