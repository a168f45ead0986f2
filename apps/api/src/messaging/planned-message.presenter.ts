import type { PlannedMessage } from '#messaging';
import { instant } from '../http/format.js';
import type { PlannedMessageDto } from './planned-message.dto.js';

/** Only what will go out: a reminder whose time has passed already stands in the ledger, with its reason. */
export const presentPlanned = (planned: PlannedMessage[]): PlannedMessageDto[] =>
  planned
    .filter((message) => message.status === 'planned')
    .map(({ id, kind, recipient, subject, sendAt }) => ({ id, kind, recipient, subject, sendAt: instant(sendAt) }));
