import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which task asks what came of a mission, months after its end; one for each span, however often a mission ends. due_at and
 * assignee_id are what the task was given last: what people changed since is theirs. stopped: cancelled along with the mission.
 */
export class MissionSurveys1790000000360 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE mission_surveys (
        mission_id uuid NOT NULL CONSTRAINT mission_surveys_mission_fk REFERENCES trade_missions,
        months integer NOT NULL CHECK (months IN (3, 6, 12)),
        task_id uuid NOT NULL CONSTRAINT mission_surveys_task_fk REFERENCES tasks,
        due_at timestamptz NOT NULL,
        assignee_id uuid CONSTRAINT mission_surveys_assignee_fk REFERENCES users,
        stopped boolean NOT NULL DEFAULT false,
        CONSTRAINT mission_surveys_once PRIMARY KEY (mission_id, months)
      )`);
    await runner.query('CREATE UNIQUE INDEX mission_surveys_task ON mission_surveys (task_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE mission_surveys');
  }
}
