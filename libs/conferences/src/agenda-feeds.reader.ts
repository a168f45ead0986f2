import { Inject, Injectable } from '@nestjs/common';
import { isLastingMark, lastingMark, SIGNING_SECRET, type SigningSecret } from '#access';
import { type Config, CONFIG } from '#config';
import { NotFound } from '#faults';
import { AgendaReader } from './agenda.reader.js';
import { type ConferenceRow, ConferencesReader } from './conferences.reader.js';

const PURPOSE = 'agenda';
/** Id of a conference, and the mark that makes its address impossible to guess. */
const FILE = /^([0-9a-f-]{36})\.([\w-]{43})\.ics$/;

/** The programme for calendar programs, which cannot sign in: the address itself is the key, to this one file only. */
@Injectable()
export class AgendaFeedsReader {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(SIGNING_SECRET) private readonly secret: SigningSecret,
    private readonly conferences: ConferencesReader,
    private readonly agendas: AgendaReader,
  ) {}

  /** Where calendars may subscribe to the programme; null while nobody may know it. */
  urlOf(conference: Announcement): string | null {
    if (!isOpen(conference)) return null;
    const mark = lastingMark(this.secret, conference.id, PURPOSE);
    return `${this.config.publicUrl}/agenda/${conference.id}.${mark}.ics`;
  }

  /** The file at such an address, without speakers who have not said yes. Throws NotFound. */
  async calendar(file: string): Promise<string> {
    const [, id, mark] = FILE.exec(file) ?? [];
    if (!id || !mark || !isLastingMark(this.secret, mark, id, PURPOSE)) throw new NotFound('agenda', file);
    if (!isOpen(await this.conferences.get(id))) throw new NotFound('agenda', file);
    return this.agendas.calendar(id, ['confirmed']);
  }
}

type Announcement = Pick<ConferenceRow, 'id' | 'status' | 'archivedAt'>;

/** One that was called off stays, so that calendars drop its sessions. */
const isOpen = ({ status, archivedAt }: Announcement): boolean => status !== 'draft' && archivedAt === null;
