import { Injectable } from '@nestjs/common';
import { childrenOf, Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { DelegatesReader } from './delegates.reader.js';
import { MILESTONE_AUDIENCES, MILESTONE_KINDS, type MilestoneAudience, type MilestoneKind } from './milestone-kind.js';
import { TradeMissionsReader } from './trade-missions.reader.js';

export interface MilestoneRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  missionId: string;
  delegateId: string;
  personId: string;
  fullName: string;
  kind: MilestoneKind;
  title: string;
  dueAt: Date;
  /** Zone of the mission. */
  timeZone: string;
  doneAt: Date | null;
  /** Not done, and its time has passed. */
  overdue: boolean;
  remindBefore: string[];
  remind: MilestoneAudience;
}

const OVERDUE = '(s.done_at IS NULL AND s.due_at < now())';

export const milestonesList: ListSpec<MilestoneRow> = {
  from: `milestones s JOIN delegates d ON d.id = s.delegate_id JOIN people p ON p.id = d.person_id
    JOIN trade_missions m ON m.id = d.mission_id`,
  id: 's.id',
  select: {
    id: 's.id',
    version: 's.version',
    createdAt: 's.created_at',
    updatedAt: 's.updated_at',
    archivedAt: 's.archived_at',
    missionId: 'd.mission_id',
    delegateId: 's.delegate_id',
    personId: 'd.person_id',
    fullName: 'p.full_name',
    kind: 's.kind',
    title: 's.title',
    dueAt: 's.due_at',
    timeZone: 'm.time_zone',
    doneAt: 's.done_at',
    overdue: OVERDUE,
    remindBefore: 's.remind_before',
    remind: 's.remind',
  },
  fields: {
    delegateId: { column: 's.delegate_id', kind: 'uuid' },
    personId: { column: 'd.person_id', kind: 'uuid' },
    fullName: { column: 'p.full_name', kind: 'text', sortable: true },
    kind: { column: 's.kind', kind: 'enum', values: MILESTONE_KINDS, sortable: true },
    remind: { column: 's.remind', kind: 'enum', values: MILESTONE_AUDIENCES },
    overdue: { column: OVERDUE, kind: 'boolean' },
    dueAt: { column: 's.due_at', kind: 'instant', sortable: true },
    doneAt: { column: 's.done_at', kind: 'instant', sortable: true },
    createdAt: { column: 's.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'dueAt',
  where: 's.archived_at IS NULL AND d.archived_at IS NULL',
};

/** What delegates have to have done by when. */
@Injectable()
export class MilestonesReader {
  constructor(
    private readonly database: Database,
    private readonly missions: TradeMissionsReader,
    private readonly delegates: DelegatesReader,
  ) {}

  /** Milestones of one delegate, the first due first. Throws NotFound when there is no such delegate. */
  async listOf(delegateId: string, request: ListRequest): Promise<Page<MilestoneRow>> {
    await this.delegates.get(delegateId);
    return listPage(this.database, milestonesList, request, childrenOf('s.delegate_id', delegateId));
  }

  /** Those of all delegates of one mission. Throws NotFound when there is no such mission. */
  async listOfMission(missionId: string, request: ListRequest): Promise<Page<MilestoneRow>> {
    await this.missions.get(missionId);
    return listPage(this.database, milestonesList, request, childrenOf('d.mission_id', missionId));
  }

  /** Archived ones are found too. Throws NotFound. */
  get(id: string): Promise<MilestoneRow> {
    return demandOne(this.database, milestonesList, 'milestone', id);
  }

  /** Some of them, in the order in which they are due, the names of their delegates breaking ties. */
  among(ids: string[]): Promise<MilestoneRow[]> {
    return this.database.query<MilestoneRow>(AMONG, [ids]);
  }
}

const COLUMNS = Object.entries(milestonesList.select).map(([property, column]) => `${column} AS "${property}"`);

const AMONG = `
  SELECT ${COLUMNS.join(', ')} FROM ${milestonesList.from}
  WHERE s.id = ANY($1::uuid[]) ORDER BY s.due_at, p.full_name, s.id`;
