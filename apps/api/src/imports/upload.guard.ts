import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Multipart, MultipartFile } from '@fastify/multipart';
import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault, Invalid } from '#faults';
import { escapePointer, parseJsonBody } from '../http/json-body.js';

/** Bytes read at once. */
const CHUNK = 262_144;

/** A file that has arrived whole and lies in a temporary folder until the request ends. */
export interface Upload {
  name: string;
  /** Can be iterated more than once, from the first byte each time. */
  content: AsyncIterable<Buffer>;
}

/** More files or fields than the form takes (@fastify/multipart). */
const LIMITS = new Set(['FST_FILES_LIMIT', 'FST_FIELDS_LIMIT', 'FST_PARTS_LIMIT']);

type UploadRequest = FastifyRequest & { upload?: Upload };

/** The upload of this request; UploadGuard has put it there. */
export const UploadedCsv = createParamDecorator((_: unknown, context: ExecutionContext): Upload => {
  const { upload } = context.switchToHttp().getRequest<UploadRequest>();
  if (!upload) throw new Error('The route lacks UploadGuard.');
  return upload;
});

/**
 * Receives a multipart body (RFC 7578) of one `file` and JSON in `options`, in either order, and leaves a body that can
 * be checked like any other: `{file: {name, bytes, sha256}, options}`. It is a guard because guards run before the
 * Idempotency-Key is looked at, which must know the file's content. The file waits on disk, so that a slow sender holds
 * neither memory nor a database connection.
 */
@Injectable()
export class UploadGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<UploadRequest>();
    if (!request.isMultipart()) {
      throw new Fault('unsupported', 'not_multipart', 'Send multipart/form-data with the parts file and options.');
    }
    const folder = await mkdtemp(join(tmpdir(), 'chamberlain-upload-'));
    const content = new StoredFile(join(folder, 'file'));
    // Finished, failed or broken off by the client: the response closes in every case.
    http.getResponse<FastifyReply>().raw.once('close', () => {
      content.close();
      void rm(folder, { recursive: true, force: true });
    });
    const body = await receive(request, content.path).catch(rethrow);
    Object.assign(request, { upload: { name: body.file.name, content }, body });
    return true;
  }
}

/** What is wrong with the form itself is the client's fault; a full disk is not. */
function rethrow(error: Error): never {
  if ('code' in error && LIMITS.has(String(error.code)))
    throw Invalid.field('/file', 'one_file', 'Send one file in the part file, and options once.');
  if (error instanceof Fault || 'statusCode' in error || 'syscall' in error) throw error;
  throw new Fault('malformed', 'bad_multipart', `The form cannot be read: ${error.message}`);
}

/** The bytes of a file, as often as they are asked for. */
class StoredFile implements AsyncIterable<Buffer> {
  private readonly streams = new Set<ReadStream>();

  constructor(readonly path: string) {}

  [Symbol.asyncIterator](): AsyncIterator<Buffer> {
    const stream = createReadStream(this.path, { highWaterMark: CHUNK });
    this.streams.add(stream);
    stream.once('close', () => this.streams.delete(stream));
    return stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** Whoever was reading reads no further. */
  close(): void {
    for (const stream of this.streams) stream.destroy();
  }
}

interface Received {
  file: { name: string; bytes: number; sha256: string };
  options?: unknown;
}

async function receive(request: FastifyRequest, path: string): Promise<Received> {
  let file: Received['file'] | undefined;
  let options: unknown;
  for await (const part of request.parts()) {
    if (part.type === 'file' && part.fieldname === 'file') file = await save(part, path);
    else if (part.type === 'field' && part.fieldname === 'options') options = parsed(part.value);
    else throw unknownPart(part);
  }
  if (!file) throw Invalid.field('/file', 'required', 'The part file is missing.');
  return { file, options };
}

async function save(part: MultipartFile, path: string): Promise<Received['file']> {
  const hash = createHash('sha256');
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(part.file, meter, createWriteStream(path));
  if (part.file.truncated) throw new Fault('too_large', 'file_too_large', `The file has more than ${bytes} bytes.`);
  return { name: part.filename.slice(0, 255) || 'file.csv', bytes, sha256: hash.digest('hex') };
}

/** A form part with a JSON content type arrives parsed. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return parseJsonBody(Buffer.from(value));
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'malformed_json') throw error;
    throw new Fault('malformed', 'malformed_json', `The part options: ${error.message}`);
  }
}

function unknownPart(part: Multipart): Fault {
  if (part.type === 'file') part.file.resume();
  const pointer = `/${escapePointer(part.fieldname)}`;
  return Invalid.field(pointer, 'unknown_property', `There is no part "${part.fieldname}"; send file and options.`);
}
