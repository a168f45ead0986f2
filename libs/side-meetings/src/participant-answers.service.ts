import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { Database, Transactional } from '#database';
import { FaultList } from '#faults';
import type { AnsweredInvitation } from '#invitations';
import { MeetingEffects } from './meeting-effects.js';
import { isComing, isKnown } from './participant.js';
import { ParticipantsResolver } from './participants-resolver.js';
import { ParticipantsStore } from './participants.store.js';
import { SideMeeting } from './side-meeting.entity.js';

/**
 * An answer must not fail for what the invitee cannot know: whoever accepts while booked elsewhere gets a soft booking,
 * which shows as a clash and stands in the audit trail.
 */
const ACCEPTED = { reason: 'Accepted the invitation while booked elsewhere' };

/** Acts on the answers to invitations to meetings, in the transaction of the answer. Meeting before invitation, everywhere. */
@Injectable()
export class ParticipantAnswersService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly resolver: ParticipantsResolver,
    private readonly participants: ParticipantsStore,
    private readonly effects: MeetingEffects,
  ) {}

  /**
   * A no frees the participant's time and takes their reminders back; a yes after that books them again, and makes an
   * invitee who was no participant one. What was held, or was called off, only remembers the answer.
   */
  @Transactional()
  async follow({ aboutId, personId, status }: AnsweredInvitation): Promise<void> {
    const meeting = await this.store.lockAny(SideMeeting, aboutId);
    const changed = await this.participants.answer(aboutId, personId, status);
    const joined = !changed && status === 'accepted' && (await this.join(meeting, personId));
    if (!(changed || joined) || meeting.status !== 'scheduled' || meeting.archivedAt) return;
    await this.effects.followPeople([meeting], isComing({ participation: status }) ? ACCEPTED : undefined);
  }

  /** Who takes part by their answer alone goes with the invitation; whoever staff have put down stays, as in what was held. */
  @Transactional()
  async followWithdrawal({ aboutId, personId }: Pick<AnsweredInvitation, 'aboutId' | 'personId'>): Promise<boolean> {
    const meeting = await this.store.lockAny(SideMeeting, aboutId);
    const id = isOpen(meeting) ? await this.participants.byAnswer(aboutId, personId) : undefined;
    if (id && (await this.participants.remove(aboutId, id)) && meeting.status === 'scheduled')
      await this.effects.followPeople([meeting]);
    return false;
  }

  /** From the side that visits, for the organization where they work now; false where they take part already, or nobody can. */
  private async join(meeting: SideMeeting, personId: string): Promise<boolean> {
    const { id } = meeting;
    const attendants = await this.participants.attendants(id);
    if (!isOpen(meeting) || attendants.some((attendant) => attendant.personId === personId)) return false;
    const input = { personId, side: 'visiting' as const };
    const terms = { createMissing: false, at: () => '', faults: new FaultList() };
    const [found] = await this.resolver.resolve([input], terms);
    if (!found) return false;
    const organizationId = isKnown(found.organization) ? found.organization.id : null;
    const { side, role } = found;
    await this.participants.add([{ meetingId: id, personId, organizationId, side, role }], true);
    return this.participants.answer(id, personId, 'accepted');
  }
}

const isOpen = ({ status, archivedAt }: SideMeeting): boolean =>
  (status === 'requested' || status === 'scheduled') && archivedAt === null;
