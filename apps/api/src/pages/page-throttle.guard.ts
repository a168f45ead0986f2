import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { networkOf, Throttle } from '#access';
import { MailLinks } from '#messaging';

/** A whole office behind one address, or a mail scanner that opens all links, may look; nobody answers so often. */
const LIMITS = {
  look: { client: { free: 600, refill: 0.1 }, link: { free: 150, refill: 1 } },
  act: { client: { free: 300, refill: 1 }, link: { free: 75, refill: 10 } },
};

/** Limits how often one client, and anybody with one link, may call the public pages. */
@Injectable()
export class PageThrottle implements CanActivate {
  constructor(
    private readonly throttle: Throttle,
    private readonly links: MailLinks,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { method, ip, params } = context.switchToHttp().getRequest<FastifyRequest<{ Params: { token?: string } }>>();
    const kind = method === 'POST' ? 'act' : 'look';
    // Only links of ours are counted by themselves: made-up ones would fill the table.
    const link = this.links.holderOf(params.token ?? '');
    await this.throttle.count([
      { key: `page:${kind}:client:${networkOf(ip)}`, ...LIMITS[kind].client },
      ...(link ? [{ key: `page:${kind}:link:${link}`, ...LIMITS[kind].link }] : []),
    ]);
    return true;
  }
}
