import { currentActor, type Database } from '#database';
import { NotFound } from '#faults';
import { type MessageKind, type MessageReason, STOPPABLE, takenBack } from '#messaging';
import { visibleSql } from '#records';
import { Invitation } from './invitation.entity.js';

/** Throws NotFound for an invitation to something that the actor may not know of. */
export async function demandInvitation(database: Database, id: string): Promise<void> {
  const sql = `SELECT FROM invitations i JOIN records a ON a.id = i.about_id WHERE i.id = $1 AND ${visibleSql('a', currentActor())}`;
  if (!(await database.queryOne(sql, [id]))) throw new NotFound(Invitation.noun, id);
}

/** Answers to one invitation come one after the other: each must see what the last one has told the feature. */
export async function inTurn(database: Database, id: string): Promise<void> {
  await database.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`answer:${id}`]);
}

/** Takes back what of an invitation's mails has not gone out. */
export async function takeBackInvitation(
  database: Database,
  id: string,
  kinds: MessageKind[],
  reason: MessageReason,
): Promise<void> {
  await database.query(TAKE_BACK, [id, kinds, reason]);
}

const TAKE_BACK = `
  UPDATE messages SET ${takenBack('$3')}
  WHERE invitation_id = $1 AND kind = ANY($2) AND ${STOPPABLE}`;
