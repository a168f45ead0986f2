import type { BriefedTitle, Brief, BriefWarning, WarningCode } from './brief.js';

type Facts = Pick<Brief, 'standing' | 'commitments' | 'tasks' | 'unlogged' | 'organization' | 'person'>;

/** What to know before all else, the gravest first. */
export function warningsOf(facts: Facts): BriefWarning[] {
  const { commitments, tasks, unlogged } = facts;
  const counts: [WarningCode, number][] = [
    ['overdue_by_us', commitments.byUs.overdue],
    ['overdue_by_them', commitments.byThem.overdue],
    ['overdue_tasks', tasks.overdue],
    ['not_logged', unlogged.count],
    ['titles_without_source', titles(facts).filter(({ doubts }) => doubts.includes('no_source')).length],
    ['old_titles', titles(facts).filter(({ doubts }) => doubts.includes('old')).length],
  ];
  const counted = counts.filter(([, count]) => count > 0).map(([code, count]) => ({ code, count }));
  return [...contact(facts), ...counted, ...untitled(facts)];
}

function contact({ standing: { state, days } }: Facts): BriefWarning[] {
  if (state === 'never') return [{ code: 'never_contacted', count: null }];
  if (state === 'undated') return [{ code: 'contact_undated', count: null }];
  return state === 'stale' ? [{ code: 'no_contact', count: days }] : [];
}

const titles = ({ organization, person }: Facts): BriefedTitle[] =>
  person ? person.titles : (organization?.contacts.data.flatMap((contact) => contact.titles) ?? []);

const untitled = ({ person }: Facts): BriefWarning[] =>
  person && person.titles.length === 0 ? [{ code: 'no_title', count: null }] : [];
