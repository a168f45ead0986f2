import { demandStatusChange, MISSION_STATUSES } from './mission-status.js';

const possible = MISSION_STATUSES.flatMap((from) =>
  MISSION_STATUSES.filter((to) => {
    try {
      demandStatusChange(from, to);
      return from !== to;
    } catch {
      return false;
    }
  }).map((to) => `${from} → ${to}`),
);

describe('the status of a mission', () => {
  it('moves forward, a step back, and nowhere else', () => {
    expect(possible).toEqual([
      'planned → recruiting',
      'planned → confirmed',
      'planned → under_way',
      'planned → completed',
      'planned → cancelled',
      'recruiting → planned',
      'recruiting → confirmed',
      'recruiting → under_way',
      'recruiting → completed',
      'recruiting → cancelled',
      'confirmed → recruiting',
      'confirmed → under_way',
      'confirmed → completed',
      'confirmed → cancelled',
      'under_way → confirmed',
      'under_way → completed',
      'under_way → cancelled',
      'completed → under_way',
      'completed → reported',
      'reported → completed',
      'cancelled → planned',
    ]);
  });

  it('may be said again', () => {
    expect(() => demandStatusChange('cancelled', 'cancelled')).not.toThrow();
  });

  it('says what is possible instead', () => {
    expect(() => demandStatusChange('reported', 'cancelled')).toThrow(/reported.*cannot become cancelled.*completed/);
  });
});
