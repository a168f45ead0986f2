import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import {
  type DelegateRow,
  DelegatesReader,
  type ItineraryItemRow,
  ItineraryReader,
  takesPart,
  type TradeMissionRow,
  TradeMissionsReader,
} from '#trade-missions';
import type { InvitationLetter } from './invitation-letter.js';
import { DelegateNotComing, NobodyToInvite, NoLetterFor } from './mission-papers.errors.js';
import { PaperPeopleReader } from './paper-people.reader.js';
import { paperSender } from './paper-sender.js';

type Mission = TradeMissionRow & { sponsor: { name: string } | null; owner: { name: string } | null };

/** What letters of invitation say, with as many queries for all delegates of a mission as for one. */
@Injectable()
export class InvitationLettersReader {
  constructor(
    private readonly database: Database,
    private readonly missions: TradeMissionsReader,
    private readonly delegates: DelegatesReader,
    private readonly itinerary: ItineraryReader,
    private readonly people: PaperPeopleReader,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Throws NotFound, DelegateNotComing, NoLetterFor. */
  async ofDelegate(delegateId: string): Promise<InvitationLetter> {
    const delegate = await this.delegates.get(delegateId);
    if (delegate.archivedAt) throw new DelegateNotComing('archived');
    if (!takesPart(delegate.status)) throw new DelegateNotComing(delegate.status);
    const [letter] = await this.letters(delegate.missionId, [delegate]);
    if (!letter) throw new NobodyToInvite();
    return letter;
  }

  /** To everybody who takes part, heads first, then by name. Throws NotFound, NoLetterFor, NobodyToInvite. */
  async ofMission(missionId: string): Promise<InvitationLetter[]> {
    await this.missions.get(missionId);
    const letters = await this.letters(missionId, await this.delegates.ofMission(missionId));
    if (letters.length === 0) throw new NobodyToInvite();
    return letters;
  }

  private async letters(missionId: string, delegates: DelegateRow[]): Promise<InvitationLetter[]> {
    const mission = (await this.missions.get(missionId, ['sponsor', 'owner'])) as Mission;
    if (mission.status === 'cancelled') throw new NoLetterFor();
    const [items, people, clock] = await Promise.all([
      this.itinerary.ofMission(missionId),
      this.people.ofIds(delegates.map(({ personId }) => personId)),
      this.database.queryOne<{ now: Date }>('SELECT now() AS now'),
    ]);
    const shared = { sender: paperSender(this.config), mission, writtenAt: clock?.now ?? new Date() };
    return delegates.flatMap((delegate): InvitationLetter[] => {
      const person = people.get(delegate.personId);
      return person ? [{ ...shared, delegate, person, cities: citiesOf(delegate, items) }] : [];
    });
  }
}

/** Where somebody goes, in the order they get there. */
function citiesOf(delegate: DelegateRow, items: ItineraryItemRow[]): string[] {
  const mine = items.filter(({ delegates }) => delegates.some(({ id }) => id === delegate.id));
  return [...new Set(mine.flatMap(({ city }) => city ?? []))];
}
