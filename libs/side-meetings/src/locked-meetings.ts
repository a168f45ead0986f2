import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { currentActor } from '#database';
import { NotFound, Stale } from '#faults';
import { SideMeeting } from './side-meeting.entity.js';
import { maySeeSideMeeting } from './side-meeting.policy.js';

/** Meetings about to be changed: kept from others until the commit, and from those who may not know of them. */
@Injectable()
export class LockedMeetings {
  constructor(private readonly store: AuditedStore) {}

  /** Throws NotFound, Stale; the same NotFound whether there is none or it is not for the actor's eyes. */
  async get(id: string, version?: number): Promise<SideMeeting> {
    const meeting = await this.store.lock(SideMeeting, id);
    if (!maySeeSideMeeting(currentActor(), meeting)) throw new NotFound('side meeting', id);
    if (version !== undefined && version !== meeting.version) throw new Stale(version, meeting.version);
    return meeting;
  }

  /** Several that are not archived, in the order of their ids. Throws NotFound. */
  async all(ids: string[]): Promise<SideMeeting[]> {
    const meetings = await this.store.lockAll(SideMeeting, ids);
    const hidden = meetings.find((meeting) => !maySeeSideMeeting(currentActor(), meeting));
    if (hidden) throw new NotFound('side meeting', hidden.id);
    return meetings;
  }
}
