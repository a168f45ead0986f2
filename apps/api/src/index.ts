import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { appLogger, type Config } from '#config';
import { ApiModule } from './api.module.js';
import { BODY_LIMIT, parseJsonBody } from './http/json-body.js';
import { demandMediaType, JSON_TYPES, REPLY_TYPES, REPORT_TYPES } from './http/media-types.js';
import { sendProblem } from './http/problem.filter.js';
import { setUpOpenApi } from './openapi.js';
import { setUpQueueBoard } from './operations/queue-board.js';

/** Bytes of an uploaded file. */
const UPLOAD_LIMIT = 1_073_741_824;
const REQUEST_ID = /^[\w.:/+=-]{1,128}$/;

/** A running API. */
export interface RunningApi {
  app: NestFastifyApplication;
  /** Where it listens, such as http://127.0.0.1:3000 */
  url: string;
  close(): Promise<void>;
}

/** Starts the API on `config.port`; resolves when it answers. The schema must be up to date. */
export async function startApi(config: Config & { databaseUrl: string }): Promise<RunningApi> {
  const app = await createApi(config);
  await app.listen(config.port, '0.0.0.0');
  const { port } = app.getHttpServer().address() as { port: number };
  return { app, url: `http://127.0.0.1:${port}`, close: () => app.close() };
}

async function createApi(config: Config & { databaseUrl: string }): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    genReqId: requestId,
    trustProxy: (_address, hop) => hop < config.trustedProxies,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 2_000, ignoreTrailingSlash: true },
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(reply, request, error),
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.forRoot(config), adapter, {
    logger: appLogger(config),
    abortOnError: false,
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        upgradeInsecureRequests: null,
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
      },
    },
  });
  await app.register(multipart, { limits: { fileSize: UPLOAD_LIMIT, files: 1, fields: 5, fieldSize: 65_536 } });
  for (const type of JSON_TYPES) app.useBodyParser(type, { bodyLimit: BODY_LIMIT }, readJson);
  for (const type of new Set([...REPORT_TYPES, ...REPLY_TYPES]))
    app.useBodyParser(type, { bodyLimit: BODY_LIMIT }, readText);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('X-Request-Id', request.id);
    try {
      demandMediaType(request.url.split('?')[0] ?? '', request.headers['content-type']);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
  fastify.addHook('onRoute', takeItsBodyLimit);
  await setUpQueueBoard(app, config);
  setUpOpenApi(app);
  await app.init();
  return app;
}

/** `@RouteConfig({ bodyLimit })` on a handler takes other bodies than the rest. */
function takeItsBodyLimit(route: RouteOptions): void {
  const { bodyLimit } = (route.config ?? {}) as { bodyLimit?: number };
  if (bodyLimit !== undefined) route.bodyLimit = bodyLimit;
}

function readText(_request: unknown, body: Buffer, done: (error: Error | null, value?: unknown) => void): void {
  done(null, body.toString());
}

function readJson(_request: unknown, body: Buffer, done: (error: Error | null, value?: unknown) => void): void {
  try {
    done(null, parseJsonBody(body));
  } catch (error) {
    done(error as Error);
  }
}

/** The caller's X-Request-Id where it is fit for logs and headers, else a new one. */
function requestId(request: { headers: Record<string, string | string[] | undefined> }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}
