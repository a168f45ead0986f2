import { Injectable } from '@nestjs/common';
import {
  currentActor,
  Database,
  demandOne,
  type ListField,
  listPage,
  type ListRequest,
  type ListSpec,
  type Page,
} from '#database';
import { searchedBy, sectorsField } from '#records';
import type { PartyRole } from './deal-party.entity.js';
import { DEAL_STAGES, type DealStage, openDealSql, probabilitySql } from './deal-stage.js';
import { DEAL_KINDS, type DealKind } from './deal.entity.js';
import type { DayPrecision } from './moment.js';
import { type Money, moneySql } from './money.js';

export interface DealRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  title: string;
  kind: DealKind;
  stage: DealStage;
  /** The stage that a deal on hold had before. */
  heldFrom: DealStage | null;
  stageSince: Date;
  stagePrecision: DayPrecision | null;
  /** YYYY-MM-DD */
  closedOn: string | null;
  value: Money | null;
  /** In percent: what somebody said, else that of the stage. */
  probability: number;
  probabilityByStage: boolean;
  country: string | null;
  sectors: string[];
  ownerId: string | null;
  /** YYYY-MM-DD */
  expectedCloseOn: string | null;
  notes: string | null;
  /** Since when its time without a touch had run out, by the worker's last look; null where it has not stalled. */
  stalledSince: Date | null;
}

/** A party as a deal includes it. */
export interface IncludedParty {
  id: string;
  organizationId: string;
  organization: string;
  personId: string | null;
  person: string | null;
  role: PartyRole;
}

/** What was closed or put on hold since the last look has not stalled any more. */
const MAY_STALL = `${openDealSql('d')} AND d.stage <> 'on_hold' AND d.archived_at IS NULL`;
const STALLED = `(d.id IN (SELECT s.deal_id FROM deal_stalls s WHERE s.ended_at IS NULL) AND ${MAY_STALL})`;
const STALLED_SINCE = `
  (SELECT s.stalled_since FROM deal_stalls s WHERE s.deal_id = d.id AND s.ended_at IS NULL AND ${MAY_STALL})`;

const PARTIES = `
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'organizationId', x.organization_id, 'organization', o.name,
      'personId', x.person_id, 'person', p.full_name, 'role', x.role) ORDER BY x.id), '[]')
   FROM deal_parties x JOIN organizations o ON o.id = x.organization_id LEFT JOIN people p ON p.id = x.person_id
   WHERE x.deal_id = d.id AND x.archived_at IS NULL)`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Deals of these organizations, in any role. */
const partyField: ListField = {
  column: 'd.id',
  kind: 'list',
  condition: (ids, bind) => `d.id IN (SELECT x.deal_id FROM deal_parties x
    WHERE x.organization_id = ANY(${bind(ids.filter((id) => UUID.test(id)))}::uuid[]) AND x.archived_at IS NULL)`,
};

export const dealsList: ListSpec<DealRow> = {
  from: 'deals d',
  id: 'd.id',
  select: {
    id: 'd.id',
    version: 'd.version',
    createdAt: 'd.created_at',
    updatedAt: 'd.updated_at',
    archivedAt: 'd.archived_at',
    title: 'd.title',
    kind: 'd.kind',
    stage: 'd.stage',
    heldFrom: 'd.held_from',
    stageSince: 'd.stage_since',
    stagePrecision: 'd.stage_precision',
    closedOn: 'd.closed_on::text',
    value: moneySql('d'),
    probability: probabilitySql('d'),
    probabilityByStage: 'd.probability IS NULL',
    country: 'd.country',
    sectors: 'd.sectors',
    ownerId: 'd.owner_id',
    expectedCloseOn: 'd.expected_close_on::text',
    notes: 'd.notes',
    stalledSince: STALLED_SINCE,
  },
  fields: {
    title: { column: 'd.title', kind: 'text', sortable: true },
    kind: { column: 'd.kind', kind: 'enum', values: DEAL_KINDS, sortable: true },
    stage: { column: 'd.stage', kind: 'enum', values: DEAL_STAGES, sortable: true },
    open: { column: openDealSql('d'), kind: 'boolean' },
    stalled: { column: STALLED, kind: 'boolean' },
    stageSince: { column: 'd.stage_since', kind: 'instant', sortable: true },
    closedOn: { column: 'd.closed_on', kind: 'date', sortable: true },
    amount: { column: 'd.amount', kind: 'decimal', sortable: true },
    currency: { column: 'd.currency', kind: 'text', sortable: true },
    probability: { column: probabilitySql('d'), kind: 'integer', sortable: true },
    country: { column: 'd.country', kind: 'text', sortable: true },
    sectors: sectorsField('d.sectors'),
    ownerId: {
      column: 'd.owner_id',
      kind: 'uuid',
      resolve: (value) => (value === 'me' ? (currentActor().id ?? NOBODY) : value),
    },
    partyId: partyField,
    expectedCloseOn: { column: 'd.expected_close_on', kind: 'date', sortable: true },
    createdAt: { column: 'd.created_at', kind: 'instant', sortable: true },
    updatedAt: { column: 'd.updated_at', kind: 'instant', sortable: true },
  },
  defaultSort: '-createdAt',
  search: searchedBy('d.id'),
  where: 'd.archived_at IS NULL',
  includes: {
    parties: PARTIES,
    owner: `(SELECT jsonb_build_object('id', u.id, 'name', u.name) FROM users u WHERE u.id = d.owner_id)`,
  },
};

/** Answers about deals. */
@Injectable()
export class DealsReader {
  constructor(private readonly database: Database) {}

  list(request: ListRequest): Promise<Page<DealRow>> {
    return listPage(this.database, dealsList, request);
  }

  /** Archived ones are found too. Throws NotFound. */
  get(id: string, include: string[] = []): Promise<DealRow> {
    return demandOne(this.database, dealsList, 'deal', id, include);
  }
}
