import { Injectable } from '@nestjs/common';
import { type CommitBatch, type LostRow, PLANNED_ROWS } from '#imports';
import { Database } from '#database';
import { type AddressMove, MessagesService } from '#messaging';

/** Lets mail that waits follow the addresses an import changes. */
@Injectable()
export class ImportMail {
  constructor(
    private readonly database: Database,
    private readonly messages: MessagesService,
  ) {}

  /** For a batch that has just been written, all but its lost rows. */
  async follow({ importId, from, to }: CommitBatch, lost: LostRow[]): Promise<void> {
    const except = lost.map(({ rowNumber }) => rowNumber);
    const moves = await this.database.query<AddressMove>(READDRESSED, [importId, from, to, except]);
    await this.messages.readdress(...moves);
  }
}

const READDRESSED = `
  SELECT (plan->'person'->>'id')::uuid AS "personId", plan->'person'->'before'->>'email' AS "from",
    plan->'person'->'after'->>'email' AS "to"
  FROM (${PLANNED_ROWS}) p WHERE plan->'person'->'before'->>'email' IS NOT NULL AND row_number <> ALL($4::int[])`;
