import { Injectable } from '@nestjs/common';
import type { MissionStatus } from './mission-status.js';

/** A mission that was changed or archived. */
export interface ChangedMission {
  id: string;
  /** What it was before; what it is now is stored. */
  was: MissionStatus;
}

type Listener = (changed: ChangedMission) => Promise<void>;

/** Lets features to the right follow what becomes of missions, in the transaction of the change. */
@Injectable()
export class MissionChanges {
  private readonly listeners: Listener[] = [];

  /** Called after the mission was written, while it is locked. */
  listen(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** To be called at the end of every change of a mission itself. */
  async tell(changed: ChangedMission): Promise<void> {
    for (const listener of this.listeners) await listener(changed);
  }
}
