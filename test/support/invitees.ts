import { v7 } from 'uuid';
import { MailLinks } from '#messaging';
import type { Client, TestApi } from './test-api.js';

/** Somebody who was invited, and the keys in their mails. */
export interface Invited {
  conferenceId: string;
  personId: string;
  invitationId: string;
  messageId: string;
  email: string;
  /** Path of the answer page. */
  path: string;
  /** Path of the page that ends mails. */
  wayOut: string;
}

interface Occasion {
  locale?: string;
  capacity?: number;
  name?: string;
  fullName?: string;
}

/** Invites people over the API, as staff do, and opens their links as the mail would hold them. */
export class Invitees {
  private constructor(
    private readonly api: TestApi,
    private readonly staff: Client,
  ) {}

  static async at(api: TestApi): Promise<Invitees> {
    return new Invitees(api, await api.as('staff'));
  }

  /** A conference in a month and one person invited to it. */
  async one({ locale = 'en', capacity, name = 'Forum', fullName = 'Aysel Quliyeva' }: Occasion = {}): Promise<Invited> {
    const days = { startsAt: inDays(30), endsAt: inDays(31), timeZone: 'Asia/Baku' };
    const conferenceId = await this.make('/v1/conferences', { name, status: 'published', capacity, ...days });
    const email = `invitee-${v7()}@example.com`;
    const personId = await this.make('/v1/people', { fullName, email, locale });
    const about = { type: 'conference', id: conferenceId };
    await this.staff
      .post('/v1/invitations')
      .send({ about, recipients: { personIds: [personId] } })
      .expect(202);
    const mail = await this.api.database.queryOne<{ invitationId: string; messageId: string }>(
      'SELECT invitation_id AS "invitationId", id AS "messageId" FROM messages WHERE about_id = $1',
      [conferenceId],
    );
    if (!mail) throw new Error('Nobody was invited.');
    return { conferenceId, personId, email, ...mail, ...this.paths(mail) };
  }

  async make(path: string, body: object): Promise<string> {
    const answer = await this.staff.post(path).send(body);
    if (answer.status !== 201) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
    return (answer.body as { id: string }).id;
  }

  /** The addresses that a mail sent now would hold. */
  paths({ invitationId, messageId, version = 1 }: { invitationId: string; messageId: string; version?: number }) {
    const links = this.api.app.get(MailLinks);
    const pathOf = (url: string): string => new URL(url).pathname;
    return {
      path: pathOf(links.respond(invitationId, new Date(inDays(31)), version)),
      wayOut: pathOf(links.unsubscribe(messageId)),
    };
  }
}

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
