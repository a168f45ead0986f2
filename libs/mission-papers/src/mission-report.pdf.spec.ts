import type { DelegateRow } from '#trade-missions';
import { missionReport } from './mission-report.js';
import type { MissionFacts } from './mission-report-facts.js';
import { missionReportDocument } from './mission-report.pdf.js';

const now = new Date('2027-09-20T12:00:00Z');
const mission = {
  ...{ name: 'Fuel', direction: 'reverse', originCountry: 'AZ', hostCountry: 'US', status: 'completed', sectors: [] },
  ...{ startsOn: '2027-09-13', endsOn: '2027-09-19', timeZone: 'America/New_York', objectives: null },
} as unknown as MissionFacts['mission'];
const none = { hosts: [], itinerary: [], meetings: [], commitments: [], tasks: [], plans: [] };

const delegate = (fullName: string, role: string): DelegateRow =>
  ({ id: fullName, personId: fullName, fullName, role, status: 'confirmed', visaStatus: 'approved' }) as DelegateRow;

/** What the paper says, piece by piece. */
const paper = (delegates: DelegateRow[]): string =>
  JSON.stringify(missionReportDocument(missionReport({ now, mission, delegates, ...none })).content);

describe('the report of a mission on paper', () => {
  it('says none where there is nothing to list', () => {
    expect(paper([]).match(/"None\."/g)).toHaveLength(4);
  });

  it('counts one head and two delegates in good English', () => {
    const pages = paper([delegate('A', 'head'), delegate('B', 'delegate'), delegate('C', 'delegate')]);
    expect(pages).toContain('By role: 1 head, 2 delegates. Visas: 3 approved.');
    expect(pages.match(/"None\."/g)).toHaveLength(3);
  });
});
