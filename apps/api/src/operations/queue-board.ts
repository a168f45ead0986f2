import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  may,
  PrincipalsReader,
  SessionsService,
  SIGNING_SECRET,
  type SigningSecret,
  signToken,
  verifyToken,
} from '#access';
import type { Config } from '#config';
import type { Actor } from '#database';
import { Forbidden } from '#faults';
import { JobQueues } from '#queue';
import { NotSignedIn } from '../http/access.guard.js';
import { sendProblem } from '../http/problem.filter.js';

const PATH = '/queues';
const COOKIE = 'chamberlain_queues';
/** Seconds a visit to the board lasts. */
const VISIT = 8 * 3600;

/** Bull Board at /queues, for administrators: the browser asks for address and password once and keeps a cookie for the visit. */
export async function setUpQueueBoard(app: NestFastifyApplication, { publicUrl }: Config): Promise<void> {
  const server = new FastifyAdapter();
  server.setBasePath(PATH);
  createBullBoard({
    queues: app
      .get(JobQueues)
      .all()
      .map((queue) => new BullMQAdapter(queue, { readOnlyMode: false })),
    serverAdapter: server,
  });
  const door = new BoardDoor(
    app.get(PrincipalsReader),
    app.get(SessionsService),
    app.get<SigningSecret>(SIGNING_SECRET),
    publicUrl.startsWith('https:') ? '; Secure' : '',
  );
  await app.register(async (instance: FastifyInstance) => {
    instance.addHook('onRequest', (request, reply) => door.open(request, reply));
    await instance.register(server.registerPlugin(), { prefix: PATH });
  });
}

/** Lets administrators in. */
class BoardDoor {
  constructor(
    private readonly principals: PrincipalsReader,
    private readonly sessions: SessionsService,
    private readonly secret: SigningSecret,
    /** Cookie attribute where the board is reached over TLS. */
    private readonly secure: string,
  ) {}

  /** Answers the request itself when it must not go on. */
  async open(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    try {
      const actor = (await this.byCookie(request)) ?? (await this.byPassword(request, reply));
      if (!actor) throw new NotSignedIn('Sign in with the address and password of an administrator.');
      if (!may(actor.role, 'queues:view')) throw new Forbidden();
    } catch (error) {
      if (error instanceof NotSignedIn)
        void reply.header('WWW-Authenticate', 'Basic realm="Queue board", charset="UTF-8"');
      sendProblem(reply, request, error);
    }
  }

  private async byCookie({ headers }: FastifyRequest): Promise<Actor | undefined> {
    const token = new RegExp(`(?:^|; )${COOKIE}=([\\w.-]+)`).exec(headers.cookie ?? '')?.[1];
    const userId = token && verifyToken(this.secret, token, 'queues');
    return userId ? this.principals.user(userId) : undefined;
  }

  /** Only to look: a foreign page could make the browser send a remembered password, but never the same-site cookie. */
  private async byPassword(request: FastifyRequest, reply: FastifyReply): Promise<Actor | undefined> {
    const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!encoded || request.method !== 'GET') return undefined;
    const [email = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
    const userId = await this.sessions.authenticate(email, rest.join(':'), request.ip);
    const cookie = `${COOKIE}=${signToken(this.secret, userId, 'queues', VISIT)}; Path=${PATH}; Max-Age=${VISIT}; HttpOnly; SameSite=Strict${this.secure}`;
    void reply.header('Set-Cookie', cookie);
    return this.principals.user(userId);
  }
}
