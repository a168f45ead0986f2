import { Conflict, Invalid } from '#faults';

/** A stage change that changes nothing. */
export class SameStage extends Conflict {
  constructor(stage: string) {
    super('same_stage', `This deal is in the stage ${stage} already.`, { stage });
  }
}

/** A closed deal stays closed until somebody says why it does not. */
export class DealClosed extends Conflict {
  constructor(stage: string) {
    const detail = `This deal is ${stage}; open it again first: POST /v1/deals/{id}/reopening with a stage and a note.`;
    super('deal_closed', detail, { stage });
  }
}

/** There is nothing to reopen. */
export class DealOpen extends Conflict {
  constructor(stage: string) {
    super('deal_open', `This deal is not closed, its stage is ${stage}.`, { stage });
  }
}

/** An organization is a party once in each role. */
export class PartyExists extends Conflict {
  constructor(partyId: string) {
    super('party_exists', 'This organization is a party of this deal in this role already.', { partyId });
  }
}

/** A record has each effect on a deal once. */
export class TouchpointExists extends Conflict {
  constructor(touchpointId: string) {
    super('touchpoint_exists', 'This record is a touchpoint of this deal with this effect already.', { touchpointId });
  }
}

export const unknownOwner = (id: string): Invalid =>
  Invalid.field('/ownerId', 'unknown_reference', `There is no user with id ${id}.`);

/** 100 of what is won and 0 of what is lost are facts. */
export const closedProbability = (): Invalid =>
  Invalid.field('/probability', 'deal_closed', 'A closed deal is 100 or 0 by its stage.');

export const reasonRequired = (): Invalid => Invalid.field('/note', 'required', 'Say in note why the deal was lost.');

export const touchesItself = (): Invalid => Invalid.field('/about', 'same_deal', 'A deal is no touchpoint of its own.');

export const missionOfAnotherKind = (): Invalid =>
  Invalid.field('/missionId', 'not_a_mission', 'Only an instrument of the kind reverse_trade_mission has a mission.');
