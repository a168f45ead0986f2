import { Injectable } from '@nestjs/common';
import type { Override } from '#calendar';
import { InvitationsService } from '#invitations';
import { RemindersService } from '#reminders';
import { DelegateReminders } from './delegate-reminders.js';
import { ItineraryBookings } from './itinerary-bookings.js';
import { MilestoneReminders } from './milestone-reminders.js';
import { MissionChanges } from './mission-changes.js';
import type { TradeMission } from './trade-mission.entity.js';

/** What follows from a change of a mission; needs the transaction that has changed it. */
@Injectable()
export class MissionEffects {
  constructor(
    private readonly bookings: ItineraryBookings,
    private readonly reminders: RemindersService,
    private readonly ofDelegates: DelegateReminders,
    private readonly ofMilestones: MilestoneReminders,
    private readonly invitations: InvitationsService,
    private readonly changes: MissionChanges,
  ) {}

  /**
   * One that no longer takes place lets go of everybody and of every mail that waits; one that does again takes them back.
   * Whoever was told otherwise hears of the change. Throws DoubleBooked.
   */
  async follow(before: Standing, now: TradeMission, override?: Override): Promise<void> {
    if (takesPlace(before) !== takesPlace(now)) await this.bookings.followMission(now.id, override);
    if (!takesPlace(now)) await this.reminders.cancel(now.id, 'subject_called_off');
    await this.ofDelegates.follow([now.id]);
    await this.ofMilestones.follow({ missionId: now.id });
    await this.invitations.follow(now.id);
    await this.changes.tell({ id: now.id, was: before.status });
  }
}

type Standing = Pick<TradeMission, 'status' | 'archivedAt'>;

const takesPlace = ({ status, archivedAt }: Standing): boolean => status !== 'cancelled' && archivedAt === null;
