import { CONFERENCE_STATUSES, demandStatusChange } from './conference-status.js';

const possible = CONFERENCE_STATUSES.flatMap((from) =>
  CONFERENCE_STATUSES.filter((to) => {
    try {
      demandStatusChange(from, to);
      return from !== to;
    } catch {
      return false;
    }
  }).map((to) => `${from} → ${to}`),
);

describe('the status of a conference', () => {
  it('moves forward, back to draft, and nowhere else', () => {
    expect(possible).toEqual([
      'draft → published',
      'draft → in_progress',
      'draft → completed',
      'draft → cancelled',
      'published → draft',
      'published → in_progress',
      'published → completed',
      'published → cancelled',
      'in_progress → completed',
      'in_progress → cancelled',
      'completed → in_progress',
      'cancelled → draft',
    ]);
  });

  it('may be said again', () => {
    expect(() => demandStatusChange('cancelled', 'cancelled')).not.toThrow();
  });

  it('says what is possible instead', () => {
    expect(() => demandStatusChange('completed', 'cancelled')).toThrow(
      /completed.*cannot become cancelled.*in_progress/,
    );
  });
});
