import { ApiClient } from './api-client.js';

export interface UserCommandOptions {
  url: string;
  email?: string;
  password?: string;
  apiKey?: string;
  name: string;
  role: string;
  newPassword?: string;
}

/** `chamberlain user ADDRESS`: lets somebody in, through a running Chamberlain and in the name of an administrator. */
export async function addUser(address: string, options: UserCommandOptions): Promise<void> {
  const { name, role, newPassword } = options;
  const client = options.apiKey
    ? ApiClient.withKey(options.url, options.apiKey)
    : await ApiClient.signIn(options.url, options.email ?? '', options.password ?? '');
  const { id } = await client.post<{ id: string }>('/v1/users', {
    email: address,
    name,
    role,
    ...(newPassword && { password: newPassword }),
  });
  process.stdout.write(`${name} <${address}> is ${role} now (${id}).\n`);
}
