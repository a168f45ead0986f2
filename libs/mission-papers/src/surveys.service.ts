import { Injectable } from '@nestjs/common';
import { Database, Transactional } from '#database';
import { FaultList } from '#faults';
import { KeptTasks, TaskDrafts, TasksService } from '#tasks';
import type { ChangedMission, MissionStatus } from '#trade-missions';
import { type SurveyMonths, type SurveyPlan, surveyPlans } from './survey-plan.js';

interface MissionEnd {
  id: string;
  status: MissionStatus;
  /** Cancelled or archived. */
  calledOff: boolean;
  endsOn: string;
  timeZone: string;
  /** Its owner, where that is still a user. */
  ownerId: string | null;
}

interface Survey {
  months: SurveyMonths;
  taskId: string;
  stopped: boolean;
  dueAt: Date;
  assigneeId: string | null;
  open: boolean;
  /** Whether the task still has what it was given; what people changed since is theirs. */
  dueAsGiven: boolean;
  assigneeAsGiven: boolean;
}

/** Tasks of the mission's owner to ask what came of it, 3, 6 and 12 months after its end. */
@Injectable()
export class SurveysService {
  constructor(
    readonly database: Database,
    private readonly drafts: TaskDrafts,
    private readonly tasks: TasksService,
    private readonly kept: KeptTasks,
  ) {}

  /**
   * Makes the surveys fit what is stored of the mission now: made once when it is completed, moved with its end and its
   * owner, cancelled with it, and open again when it is completed after all. A mission that was recorded as it had ended
   * asks nothing.
   */
  @Transactional()
  async follow({ id, was }: ChangedMission): Promise<void> {
    const mission = await this.database.queryOne<MissionEnd>(MISSION, [id]);
    if (!mission) return;
    const surveys = await this.database.query<Survey>(SURVEYS, [id]);
    if (mission.calledOff) return this.stop(mission, surveys);
    if (mission.status === 'completed' && !OVER.includes(was)) {
      await this.resume(mission, surveys);
      await this.make(mission, surveys);
    }
    await this.move(mission, surveys);
  }

  private async make(mission: MissionEnd, surveys: Survey[]): Promise<void> {
    const missing = surveyPlans(mission).filter(({ months }) => surveys.every((survey) => survey.months !== months));
    if (missing.length === 0) return;
    const faults = new FaultList();
    const drafts = await this.drafts.ofNew(
      missing.map((plan) => taskOf(plan, mission)),
      String,
      faults,
    );
    faults.throwAny();
    const { tasks } = await this.tasks.createAll(drafts);
    const made = missing.map(({ months, dueAt }, index) => ({ months, due_at: dueAt, task_id: tasks[index]?.id }));
    await this.database.query(INSERT, [mission.id, mission.ownerId, JSON.stringify(made)]);
  }

  private async stop(mission: MissionEnd, surveys: Survey[]): Promise<void> {
    const open = surveys.filter((survey) => survey.open);
    for (const { taskId } of open) await this.kept.cancel(taskId);
    await this.mark(mission, open, true);
  }

  private async resume(mission: MissionEnd, surveys: Survey[]): Promise<void> {
    const stopped = surveys.filter((survey) => survey.stopped && !survey.open);
    for (const survey of stopped) {
      await this.kept.reopen(survey.taskId);
      survey.open = true;
    }
    await this.mark(mission, stopped, false);
  }

  private async mark(mission: MissionEnd, surveys: Survey[], stopped: boolean): Promise<void> {
    if (surveys.length === 0) return;
    const months = surveys.map((survey) => survey.months);
    await this.database.query(MARK, [mission.id, months, stopped]);
  }

  private async move(mission: MissionEnd, surveys: Survey[]): Promise<void> {
    const plans = surveyPlans(mission);
    for (const survey of surveys.filter(({ open }) => open)) {
      const dueAt = plans.find(({ months }) => months === survey.months)?.dueAt ?? survey.dueAt;
      const moved = survey.dueAsGiven && dueAt.getTime() !== survey.dueAt.getTime();
      const handedOver = survey.assigneeAsGiven && survey.assigneeId !== mission.ownerId;
      if (!moved && !handedOver) continue;
      await this.kept.move(survey.taskId, {
        ...(moved && { dueAt, timeZone: mission.timeZone }),
        ...(handedOver && { assigneeId: mission.ownerId }),
      });
      await this.database.query(GIVE, [
        mission.id,
        survey.months,
        moved ? dueAt : survey.dueAt,
        handedOver ? mission.ownerId : survey.assigneeId,
      ]);
    }
  }
}

const OVER: readonly MissionStatus[] = ['completed', 'reported'];

const taskOf = ({ title, notes, dueAt }: SurveyPlan, { id, timeZone, ownerId }: MissionEnd) => ({
  title,
  notes,
  dueAt: dueAt.toISOString(),
  timeZone,
  assigneeId: ownerId,
  about: { type: 'trade_mission' as const, id },
});

const MISSION = `
  SELECT m.id, m.status, m.archived_at IS NOT NULL OR m.status = 'cancelled' AS "calledOff",
         m.ends_on::text AS "endsOn", m.time_zone AS "timeZone", u.id AS "ownerId"
  FROM trade_missions m LEFT JOIN users u ON u.id = m.owner_id AND u.archived_at IS NULL
  WHERE m.id = $1`;

/** A task that was archived stays so: its survey is there, but nothing moves it. */
const SURVEYS = `
  SELECT s.months, s.task_id AS "taskId", s.stopped AND t.archived_at IS NULL AND t.status = 'cancelled' AS stopped,
         s.due_at AS "dueAt", s.assignee_id AS "assigneeId", t.status = 'open' AND t.archived_at IS NULL AS open,
         t.due_at IS NOT DISTINCT FROM s.due_at AS "dueAsGiven", t.assignee_id IS NOT DISTINCT FROM s.assignee_id AS "assigneeAsGiven"
  FROM mission_surveys s JOIN tasks t ON t.id = s.task_id
  WHERE s.mission_id = $1 ORDER BY s.months`;

const INSERT = `
  INSERT INTO mission_surveys (mission_id, months, task_id, due_at, assignee_id)
  SELECT $1, r.months, r.task_id, r.due_at, $2 FROM jsonb_to_recordset($3::jsonb) r (months integer, task_id uuid, due_at timestamptz)`;

const MARK = 'UPDATE mission_surveys SET stopped = $3 WHERE mission_id = $1 AND months = ANY($2::int[])';

const GIVE = 'UPDATE mission_surveys SET due_at = $3, assignee_id = $4 WHERE mission_id = $1 AND months = $2';
