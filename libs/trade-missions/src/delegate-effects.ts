import { Injectable } from '@nestjs/common';
import type { Override } from '#calendar';
import type { PlannedMessage } from '#messaging';
import { DelegateReminders } from './delegate-reminders.js';
import type { Delegate } from './delegate.entity.js';
import { ItineraryBookings } from './itinerary-bookings.js';
import { MilestoneReminders } from './milestone-reminders.js';

/** What follows when a delegate joins a mission, leaves it or comes back; needs the transaction that has locked the mission. */
@Injectable()
export class DelegateEffects {
  constructor(
    private readonly bookings: ItineraryBookings,
    private readonly reminders: DelegateReminders,
    private readonly milestones: MilestoneReminders,
  ) {}

  /**
   * Whoever takes part is booked for the itinerary and reminded of the mission and of their milestones; whoever does not
   * holds nothing. Throws DoubleBooked.
   */
  async follow({ id, missionId, personId }: Delegate, override?: Override): Promise<PlannedMessage[]> {
    await this.bookings.followDelegate(id, override);
    const ofMission = await this.reminders.followPeople(missionId, [personId]);
    return [...ofMission, ...(await this.milestones.follow({ delegateIds: [id] }))];
  }
}
