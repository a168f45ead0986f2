import { v7 } from 'uuid';
import type { Database } from '#database';

/** One person to be invited to one record. */
export interface InvitationInput {
  aboutId: string;
  personId: string;
  batchId: string;
  respondBy?: Date;
}

/** An invitation that has been made, or made anew. */
export interface WrittenInvitation {
  id: string;
  aboutId: string;
  personId: string;
}

/**
 * Writes invitations down; answers those whom nobody else invited at the same moment. A withdrawn one is made anew, one
 * that stands is left alone. Rows are written in one order, so that rounds take turns.
 */
export function writeInvitations(database: Database, invitations: InvitationInput[]): Promise<WrittenInvitation[]> {
  const key = ({ aboutId, personId }: InvitationInput): string => `${aboutId} ${personId}`;
  const inOrder = [...invitations].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const rows = inOrder.map((invitation) => ({ id: v7(), ...invitation }));
  return database.query<WrittenInvitation>(INVITE, [JSON.stringify(rows)]);
}

const INVITE = `
  INSERT INTO invitations (id, about_id, person_id, batch_id, status, respond_by)
  SELECT id, "aboutId", "personId", "batchId", 'needs_action', "respondBy"
  FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, "aboutId" uuid, "personId" uuid, "batchId" uuid, "respondBy" timestamptz)
  ON CONFLICT (about_id, person_id) DO UPDATE SET
    cancelled_at = NULL, status = 'needs_action', responded_at = NULL, note = NULL, batch_id = excluded.batch_id,
    respond_by = excluded.respond_by, version = invitations.version + 1, updated_at = now()
  WHERE invitations.cancelled_at IS NOT NULL
  RETURNING id, about_id AS "aboutId", person_id AS "personId"`;
