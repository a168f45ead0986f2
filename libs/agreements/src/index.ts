export { isPartialDate, knownText } from './agreement-date.js';
export type { AgreementInput, AgreementPatch } from './agreement-drafts.js';
export {
  AGREEMENT_RELATIONS,
  type AgreementRelation,
  type PartyInput,
  type SignatoryInput,
} from './agreement-links.js';
export { AgreementPartiesReader, agreementPartiesList, signatoriesList } from './agreement-parties.reader.js';
export { AgreementPartiesService } from './agreement-parties.service.js';
export { AGREEMENT_STATUSES, type AgreementStatus } from './agreement-status.js';
export { AGREEMENT_KINDS, type AgreementKind, type ProvenanceStatement } from './agreement.entity.js';
export {
  type AgreementPartyRow,
  type AgreementRow,
  AgreementsReader,
  agreementStatusSql,
  agreementsList,
  type SignatoryRow,
} from './agreements.reader.js';
export { AgreementsModule } from './agreements.module.js';
export { AgreementsService } from './agreements.service.js';
