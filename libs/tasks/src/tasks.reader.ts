import { Injectable } from '@nestjs/common';
import {
  type Actor,
  currentActor,
  Database,
  demandOne,
  listPage,
  listRequest,
  type ListRequest,
  type ListSpec,
  MAX_LIMIT,
  type Page,
} from '#database';
import { RecordsReader, searchedBy, visibleSql } from '#records';
import { flag, me } from './filters.js';
import { type ShownAbout, shownAboutSql } from './shown-about.js';
import { TASK_STATUSES, type TaskStatus } from './task-status.js';
import { TASK_PRIORITIES, type TaskPriority } from './task.entity.js';

export interface TaskRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  title: string;
  dueAt: Date | null;
  timeZone: string | null;
  assigneeId: string | null;
  assigneeName: string | null;
  /** False for one who was shut out. */
  assigneeActive: boolean | null;
  priority: TaskPriority;
  status: TaskStatus;
  completedAt: Date | null;
  completionNote: string | null;
  overdue: boolean;
  about: ShownAbout | null;
  commitmentId: string | null;
  remindBefore: string[] | null;
  notes: string | null;
}

const OVERDUE = `t.status = 'open' AND t.due_at < now()`;

export const tasksList: ListSpec<TaskRow> = {
  from: 'tasks t JOIN records v ON v.id = t.id LEFT JOIN users u ON u.id = t.assignee_id',
  id: 't.id',
  select: {
    id: 't.id',
    version: 't.version',
    createdAt: 't.created_at',
    updatedAt: 't.updated_at',
    archivedAt: 't.archived_at',
    title: 't.title',
    dueAt: 't.due_at',
    timeZone: 't.time_zone',
    assigneeId: 't.assignee_id',
    assigneeName: 'u.name',
    assigneeActive: 'CASE WHEN u.id IS NOT NULL THEN u.archived_at IS NULL END',
    priority: 't.priority',
    status: 't.status',
    completedAt: 't.completed_at',
    completionNote: 't.completion_note',
    overdue: `coalesce(${OVERDUE}, false)`,
    about: 'NULL',
    commitmentId: 't.commitment_id',
    remindBefore: 't.remind_before',
    notes: 't.notes',
  },
  fields: {
    title: { column: 't.title', kind: 'text', sortable: true },
    assigneeId: { column: 't.assignee_id', kind: 'uuid', resolve: me },
    overdue: flag(OVERDUE),
    status: { column: 't.status', kind: 'enum', values: TASK_STATUSES, sortable: true },
    priority: { column: 't.priority', kind: 'enum', values: TASK_PRIORITIES },
    aboutId: { column: 't.about_id', kind: 'uuid' },
    commitmentId: { column: 't.commitment_id', kind: 'uuid' },
    dueAt: { column: 't.due_at', kind: 'instant', sortable: true },
    completedAt: { column: 't.completed_at', kind: 'instant', sortable: true },
    createdAt: { column: 't.created_at', kind: 'instant', sortable: true },
    updatedAt: { column: 't.updated_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'dueAt',
  search: searchedBy('t.id'),
  where: 't.archived_at IS NULL',
};

/** What a task is about depends on who asks. */
export const tasksListFor = (actor: Actor): ListSpec<TaskRow> => ({
  ...tasksList,
  select: { ...tasksList.select, about: shownAboutSql('t.about_id', actor) },
});

/** Answers about tasks; those about a restricted record show themselves to its owners, their assignee and writer, and managers. */
@Injectable()
export class TasksReader {
  constructor(
    private readonly database: Database,
    private readonly records: RecordsReader,
  ) {}

  /** Those the caller may see. */
  list(request: ListRequest): Promise<Page<TaskRow>> {
    const actor = currentActor();
    return listPage(this.database, tasksListFor(actor), request, () => visibleSql('v', actor));
  }

  /** Archived ones are found too. Throws NotFound. */
  async get(id: string): Promise<TaskRow> {
    await this.records.demandVisible('task', id);
    return demandOne(this.database, tasksListFor(currentActor()), 'task', id);
  }

  /** Tasks about one record, at most 200, the most urgent first. */
  async about(aboutId: string): Promise<TaskRow[]> {
    const ofRecord = { field: 'aboutId', operator: 'eq' as const, values: [aboutId] };
    return (await this.list(listRequest({ filters: [ofRecord], limit: MAX_LIMIT }))).data;
  }
}
