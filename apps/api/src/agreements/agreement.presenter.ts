import { type AgreementPartyRow, type AgreementRow, knownText, type SignatoryRow } from '#agreements';
import { stamps } from '../http/format.js';
import type { AgreementDto, AgreementPartyDto, SignatoryDto } from './agreement.dto.js';

export const presentAgreement = (row: AgreementRow): AgreementDto => ({
  ...stamps(row),
  title: row.title,
  kind: row.kind,
  status: row.status,
  subject: row.subject,
  value: row.value,
  ...initialedOf(row),
  ...signedOf(row),
  expiresOn: row.expiresOn,
  parties: row.parties.map(presentAgreementParty),
  signatories: row.signatories.map(presentSignatory),
  dealId: row.deal && 'id' in row.deal ? row.deal.id : null,
  deal: row.deal,
  about: row.abouts[0] ?? null,
  abouts: row.abouts,
  provenance: row.provenance.map(({ statement, source }) => ({ statement, source })),
  ownerId: row.ownerId,
  notes: row.notes,
});

const initialedOf = ({ initialedFrom, initialedTo, initialedPrecision }: AgreementRow) => ({
  initialedOn: initialedFrom,
  initialedPrecision,
  initialed: knownText({ from: initialedFrom, to: initialedTo, precision: initialedPrecision }),
});

const signedOf = ({ signedFrom, signedTo, datePrecision }: AgreementRow) => ({
  signedOn: datePrecision === 'window' ? null : signedFrom,
  datePrecision,
  signedFrom,
  signedTo,
  signed: knownText({ from: signedFrom, to: signedTo, precision: datePrecision }),
});

export const presentAgreementParty = (row: AgreementPartyRow): AgreementPartyDto => ({
  id: row.id,
  organizationId: row.organizationId,
  organization: row.organization,
  personId: row.personId,
  person: row.person,
  name: row.name,
  role: row.role,
});

export const presentSignatory = (row: SignatoryRow): SignatoryDto => ({
  id: row.id,
  personId: row.personId,
  fullName: row.fullName,
  organizationId: row.organizationId,
  organization: row.organization,
  title: row.title,
  signedOn: row.signedOn,
});
