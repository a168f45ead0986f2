import {
  AGREEMENT_STATUSES,
  type AgreementStatus,
  isCorrection,
  isInitialed,
  isSigned,
  shownStatus,
} from './agreement-status.js';

describe('the status of an agreement', () => {
  it('says that what is initialed is not signed', () => {
    expect(AGREEMENT_STATUSES.filter(isSigned)).toEqual(['signed', 'in_force', 'expired', 'terminated']);
    expect(AGREEMENT_STATUSES.filter(isInitialed)).toEqual([
      'initialed',
      'signed',
      'in_force',
      'expired',
      'terminated',
    ]);
  });

  it.each<[AgreementStatus, AgreementStatus]>([
    ['draft', 'initialed'],
    ['draft', 'signed'],
    ['initialed', 'in_force'],
    ['signed', 'terminated'],
    ['draft', 'terminated'],
    ['in_force', 'expired'],
  ])('goes on from %s to %s', (from, to) => expect(isCorrection(from, to)).toBe(false));

  it.each<[AgreementStatus, AgreementStatus]>([
    ['signed', 'initialed'],
    ['in_force', 'draft'],
    ['expired', 'in_force'],
    ['expired', 'terminated'],
    ['terminated', 'expired'],
  ])('is corrected from %s to %s', (from, to) => expect(isCorrection(from, to)).toBe(true));

  it('stays without being corrected', () => {
    for (const status of AGREEMENT_STATUSES) expect(isCorrection(status, status)).toBe(false);
  });

  it.each<[AgreementStatus, string | null, AgreementStatus]>([
    ['signed', '2026-03-10', 'expired'],
    ['in_force', '2026-03-10', 'expired'],
    ['in_force', '2026-03-11', 'in_force'],
    ['in_force', null, 'in_force'],
    ['initialed', '2026-03-10', 'initialed'],
    ['terminated', '2026-03-10', 'terminated'],
  ])('of one that is %s and holds until %s is shown as %s on 11 March 2026', (status, expiresOn, shown) =>
    expect(shownStatus(status, expiresOn, '2026-03-11')).toBe(shown),
  );
});
