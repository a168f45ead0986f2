import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { currentActor, Database } from '#database';
import { visibleSql } from '#records';
import {
  aboutKey,
  type AgreementLinks,
  NO_LINKS,
  partyNameKey,
  type StoredAbout,
  type StoredParty,
  type StoredSignatory,
} from './agreement-links.js';

/** Parties, signatories and links of agreements. Whoever calls it holds the agreement. */
@Injectable()
export class AgreementLinksStore {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  async of(agreementId: string): Promise<AgreementLinks> {
    return {
      parties: await this.database.query<StoredParty>(PARTIES, [agreementId]),
      signatories: await this.database.query<StoredSignatory>(SIGNATORIES, [agreementId]),
      abouts: await this.database.query<StoredAbout>(abouts(visibleSql('r', currentActor())), [agreementId]),
    };
  }

  /** Makes these all there are, where they are given. True when that changed anything. */
  async replace(agreementId: string, wanted: Partial<AgreementLinks>, stored = NO_LINKS): Promise<boolean> {
    const parties = await this.parties(agreementId, stored.parties, wanted.parties ?? stored.parties);
    const signatories = await this.signatories(
      agreementId,
      stored.signatories,
      wanted.signatories ?? stored.signatories,
    );
    const about = await this.abouts(agreementId, stored.abouts, wanted.abouts ?? stored.abouts);
    return parties || signatories || about;
  }

  private async parties(agreementId: string, before: StoredParty[], after: StoredParty[]): Promise<boolean> {
    if (same(before, after)) return false;
    await this.database.query(DROP_PARTIES, [agreementId, after.map(({ id }) => id)]);
    const rows = after.map((party, position) => {
      return { ...party, position, nameKey: party.name === null ? null : partyNameKey(party.name) };
    });
    await this.database.query(KEEP_PARTIES, [agreementId, JSON.stringify(rows)]);
    await this.tell(agreementId, 'parties_changed', { parties: before }, { parties: after });
    return true;
  }

  private async signatories(
    agreementId: string,
    before: StoredSignatory[],
    after: StoredSignatory[],
  ): Promise<boolean> {
    if (same(before, after)) return false;
    await this.database.query(DROP_SIGNATORIES, [agreementId, after.map(({ id }) => id)]);
    const rows = after.map((signatory, position) => ({ ...signatory, position }));
    await this.database.query(KEEP_SIGNATORIES, [agreementId, JSON.stringify(rows)]);
    await this.tell(agreementId, 'signatories_changed', { signatories: before }, { signatories: after });
    return true;
  }

  private async abouts(agreementId: string, before: StoredAbout[], after: StoredAbout[]): Promise<boolean> {
    const [old, now] = [before.map(aboutKey), after.map(aboutKey)];
    if (same(old, now)) return false;
    await this.database.query('DELETE FROM agreement_abouts WHERE agreement_id = $1', [agreementId]);
    const rows = after.map(({ recordId, relation }, position) => ({ recordId, relation, position }));
    await this.database.query(ADD_ABOUTS, [agreementId, JSON.stringify(rows)]);
    await this.tell(agreementId, 'about_changed', { about: before.map(told) }, { about: after.map(told) });
    return true;
  }

  private tell(aboutId: string, action: string, before: object, after: object): Promise<void> {
    const change = { before: before as Record<string, unknown>, after: after as Record<string, unknown> };
    return this.trail.record({ action, subjectType: 'agreement', aboutId, ...change });
  }
}

const same = (before: unknown[], after: unknown[]): boolean => JSON.stringify(before) === JSON.stringify(after);

const told = ({ recordId, type, relation }: StoredAbout) => ({ type, id: recordId, relation });

const PARTIES = `
  SELECT id, organization_id AS "organizationId", person_id AS "personId", name, role
  FROM agreement_parties WHERE agreement_id = $1 ORDER BY position, id`;

const SIGNATORIES = `
  SELECT id, person_id AS "personId", organization_id AS "organizationId", title, signed_on::text AS "signedOn"
  FROM agreement_signatories WHERE agreement_id = $1 ORDER BY position, id`;

const abouts = (visible: string): string => `
  SELECT x.record_id AS "recordId", r.type, x.relation, ${visible} AS visible
  FROM agreement_abouts x JOIN records r ON r.id = x.record_id
  WHERE x.agreement_id = $1 ORDER BY x.position, x.record_id, x.relation`;

const DROP_PARTIES = 'DELETE FROM agreement_parties WHERE agreement_id = $1 AND id <> ALL($2::uuid[])';
const DROP_SIGNATORIES = 'DELETE FROM agreement_signatories WHERE agreement_id = $1 AND id <> ALL($2::uuid[])';

const KEEP_PARTIES = `
  INSERT INTO agreement_parties (id, agreement_id, position, organization_id, person_id, name, name_key, role)
  SELECT id, $1, position, "organizationId", "personId", name, "nameKey", role
  FROM jsonb_to_recordset($2::jsonb)
    AS p (id uuid, position int, "organizationId" uuid, "personId" uuid, name text, "nameKey" text, role text)
  ON CONFLICT (id) DO UPDATE SET position = excluded.position, name = excluded.name, name_key = excluded.name_key, role = excluded.role`;

const KEEP_SIGNATORIES = `
  INSERT INTO agreement_signatories (id, agreement_id, position, person_id, organization_id, title, signed_on)
  SELECT id, $1, position, "personId", "organizationId", title, "signedOn"
  FROM jsonb_to_recordset($2::jsonb)
    AS s (id uuid, position int, "personId" uuid, "organizationId" uuid, title text, "signedOn" date)
  ON CONFLICT (id) DO UPDATE SET
    position = excluded.position, organization_id = excluded.organization_id, title = excluded.title, signed_on = excluded.signed_on`;

const ADD_ABOUTS = `
  INSERT INTO agreement_abouts (agreement_id, record_id, relation, position)
  SELECT $1, "recordId", relation, position
  FROM jsonb_to_recordset($2::jsonb) AS a ("recordId" uuid, relation text, position int)`;
