import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';

/** An answer that is not a success, with the problem document's own words. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly problem: { code?: string; detail?: string; errors?: { pointer?: string; message?: string }[] },
    call: string,
  ) {
    const faults = (problem.errors ?? []).map((fault) => `${fault.pointer ?? ''} ${fault.message ?? ''}`.trim());
    super([`${call} answered ${status}: ${problem.detail ?? 'no detail'}`, ...faults].join('\n  '));
  }
}

export interface Row {
  id: string;
}

/** Speaks to a running Chamberlain over HTTP, as any client would. */
export class ApiClient {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** Signs in with address and password. Throws ApiProblem. */
  static async signIn(url: string, email: string, password: string): Promise<ApiClient> {
    const guest = new ApiClient(url, '');
    const { accessToken } = await guest.post<{ accessToken: string }>('/v1/auth/login', { email, password });
    return new ApiClient(url, accessToken);
  }

  /** Uses an API key. */
  static withKey(url: string, key: string): ApiClient {
    return new ApiClient(url, key);
  }

  get<T>(path: string): Promise<T> {
    return this.call('GET', path);
  }

  post<T>(path: string, body: object = {}): Promise<T> {
    return this.call('POST', path, JSON.stringify(body), { 'Content-Type': 'application/json' });
  }

  /** First row of a list whose field has this very value. */
  async find<T extends Row>(path: string, field: string, value: string): Promise<T | undefined> {
    const separator = path.includes('?') ? '&' : '?';
    const { data } = await this.get<{ data: T[] }>(
      `${path}${separator}limit=1&filter[${field}]=${encodeURIComponent(value)}`,
    );
    return data[0];
  }

  /** Uploads a file as multipart/form-data with `options` as JSON; the file is streamed from disk. */
  async upload<T>(path: string, file: string, options: object): Promise<T> {
    const form = new FormData();
    form.set('options', JSON.stringify(options));
    form.set('file', await openAsBlob(file, { type: 'text/csv' }), basename(file));
    return this.call('POST', path, form);
  }

  private async call<T>(
    method: string,
    path: string,
    body?: string | FormData,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const authorization: Record<string, string> = this.token ? { Authorization: `Bearer ${this.token}` } : {};
    const answer = await fetch(this.url + path, { method, body, headers: { ...headers, ...authorization } });
    const text = await answer.text();
    const value: unknown = text === '' ? undefined : JSON.parse(text);
    if (!answer.ok) throw new ApiProblem(answer.status, value as ApiProblem['problem'], `${method} ${path}`);
    return value as T;
  }
}
