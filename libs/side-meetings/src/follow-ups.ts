import { Injectable } from '@nestjs/common';
import type { FaultList } from '#faults';
import type { PlannedMessage } from '#messaging';
import {
  type CommitmentDraft,
  CommitmentDrafts,
  type CommitmentInput,
  CommitmentsService,
  type TaskDraft,
  TaskDrafts,
  type TaskInput,
  TasksService,
} from '#tasks';

/** What came of a meeting. */
export interface FollowUpsInput {
  /** Tasks of staff. */
  followUps?: Omit<TaskInput, 'about' | 'commitmentId'>[];
  /** What the parties promised one another. */
  commitments?: Omit<CommitmentInput, 'about'>[];
}

export interface FollowUpDrafts {
  tasks: TaskDraft[];
  commitments: CommitmentDraft[];
}

/** Tasks and commitments that come out of a meeting: checked before anything is written, then stored about it. */
@Injectable()
export class FollowUps {
  constructor(
    private readonly taskDrafts: TaskDrafts,
    private readonly commitmentDrafts: CommitmentDrafts,
    private readonly tasks: TasksService,
    private readonly commitments: CommitmentsService,
  ) {}

  /** `timeZone` is the meeting's, for local due times without one of their own. */
  async check(
    { followUps = [], commitments = [] }: FollowUpsInput,
    timeZone: string | undefined,
    faults: FaultList,
  ): Promise<FollowUpDrafts> {
    const inZone = followUps.map((input) => (input.dueAt ? { ...input, timeZone: input.timeZone ?? timeZone } : input));
    return {
      tasks: await this.taskDrafts.ofNew(inZone, (index) => `/followUps/${index}`, faults),
      commitments: await this.commitmentDrafts.ofNew(commitments, (index) => `/commitments/${index}`, faults),
    };
  }

  async create(meetingId: string, { tasks, commitments }: FollowUpDrafts): Promise<PlannedMessage[]> {
    const about = <Draft extends object>(draft: Draft) => ({ ...draft, aboutId: meetingId });
    const { planned: ofPromises } = await this.commitments.createAll(commitments.map(about));
    const { planned } = await this.tasks.createAll(tasks.map(about));
    return [...planned, ...ofPromises];
  }

  /** What came of a restricted meeting is as restricted as the meeting. */
  async followVisibility(meetingId: string): Promise<void> {
    await this.tasks.followVisibility(meetingId);
    await this.commitments.followVisibility(meetingId);
  }
}
