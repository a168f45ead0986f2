import { toLocal } from '#calendar';
import type { PlannedRequestRow, WholeMeetingPlan } from '#meeting-plans';
import { fitted, textWidth, xmlText } from './svg-text.js';

/** Whose lines a picture has. */
export type ChartSide = 'delegate' | 'host';

const MARGIN = 20;
const TITLE = 64;
const NAMES = 230;
const CELL_HEIGHT = 30;
/** Few slots have room for names in full. */
const WIDTH_OF_ALL = 2_000;
const CELL_WIDTH = { least: 68, most: 130 };
const LEAST_WIDTH = 960;
const HEAD = 48;
const COUNT = 54;
const LEGEND = 64;
const DAY_GAP = 22;
const BREAK = 20;
const PAUSE = 4;
/** Milliseconds; a longer pause between two slots is a break (as the solver sees it). */
const LONGEST_PAUSE = 10 * 60_000;

const INK = '#1c2733';
const PALE = '#5c6b7a';
const LINE = '#d5dbe1';
const MOVED = '#d55e00';
/** By priority, 1 to 5, dark for what is wanted most. */
const FILLS = ['#eef4fb', '#cfe2f3', '#9fc5e8', '#3d85c6', '#0b5394'];
const fillOf = (priority: number): string => FILLS[priority - 1] ?? '#ffffff';
const inkOn = (priority: number): string => (priority > 3 ? '#ffffff' : INK);

/** The timetable of a plan: a line for each delegate or host, a column for each slot, in local time of the plan. */
export function meetingPlanSvg(plan: WholeMeetingPlan, side: ChartSide): string {
  const columns = columnsOf(plan);
  const lines = linesOf(plan, side);
  const right = Math.max(...columns.map(({ x, width }) => x + width), MARGIN + NAMES);
  const width = Math.max(right + COUNT + MARGIN, LEAST_WIDTH);
  const top = MARGIN + TITLE + HEAD;
  const bottom = top + lines.length * CELL_HEIGHT;
  const height = bottom + LEGEND + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ` font-family="DejaVu Sans, Noto Sans, Arial, sans-serif" font-size="10" fill="${INK}">`,
    `<title>${xmlText(`${plan.mission}: one-on-ones`)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    HATCH,
    heading(plan, lines, width),
    ...columns.map((column) => columnHead(column, plan.timeZone, top, bottom)),
    ...lines.map((line, index) => lineOf(line, columns, top + index * CELL_HEIGHT, right)),
    legend(bottom + 24),
    '</svg>',
  ].join('\n');
}

const HATCH = `<defs><pattern id="break" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#f4f6f8"/><line x1="0" y1="0" x2="0" y2="6" stroke="${LINE}" stroke-width="2"/></pattern></defs>`;

interface Column {
  slot: number;
  x: number;
  width: number;
  startsAt: Date;
  endsAt: Date;
  /** Its day, where it is the first slot of one, and how wide that day is. */
  day?: { text: string; width: number };
  /** The break before it. */
  breakBefore?: { minutes: number };
}

function columnsOf({ slots, timeZone }: WholeMeetingPlan): Column[] {
  const columns: Column[] = [];
  let first: Column | undefined;
  const width = Math.min(CELL_WIDTH.most, Math.max(CELL_WIDTH.least, Math.floor(WIDTH_OF_ALL / slots.length)));
  let x = MARGIN + NAMES;
  slots.forEach(({ startsAt, endsAt }, slot) => {
    const before = slots[slot - 1];
    const newDay = !before || dayOf(before.startsAt, timeZone) !== dayOf(startsAt, timeZone);
    const pause = before ? startsAt.getTime() - before.endsAt.getTime() : 0;
    const isBreak = !newDay && pause > LONGEST_PAUSE;
    if (before) x += width + (newDay ? DAY_GAP : isBreak ? BREAK : pause > 0 ? PAUSE : 0);
    const column: Column = { slot, x, width, startsAt, endsAt };
    if (isBreak) column.breakBefore = { minutes: Math.round(pause / 60_000) };
    if (newDay) {
      column.day = { text: dayText(startsAt, timeZone), width: 0 };
      first = column;
    }
    if (first?.day) first.day.width = x + width - first.x;
    columns.push(column);
  });
  return columns;
}

const dayOf = (at: Date, timeZone: string): string => toLocal(at, timeZone).slice(0, 10);
const clock = (at: Date, timeZone: string): string => toLocal(at, timeZone).slice(11, 16);

const dayText = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone,
  }).format(at);

interface Line {
  name: string;
  below: string;
  meetings: PlannedRequestRow[];
  unmet: number;
  side: ChartSide;
}

/** Everybody somebody asked for, by name. */
function linesOf({ requests }: WholeMeetingPlan, side: ChartSide): Line[] {
  const lines = new Map<string, Line>();
  for (const request of requests) {
    const id = side === 'delegate' ? request.delegateId : request.hostId;
    const [name, below] =
      side === 'delegate'
        ? [request.delegate, request.delegateOrganization ?? '']
        : [request.host, request.contact ?? ''];
    const line = lines.get(id) ?? { name, below, meetings: [], unmet: 0, side };
    if (request.slot !== null) line.meetings.push(request);
    else line.unmet++;
    lines.set(id, line);
  }
  return [...lines.values()].sort((a, b) => a.name.localeCompare(b.name, 'az'));
}

function heading(plan: WholeMeetingPlan, lines: Line[], width: number): string {
  const { mission, status, timeZone, score, upperBound, gap, tables } = plan;
  const met = lines.reduce((sum, line) => sum + line.meetings.length, 0);
  const unmet = lines.reduce((sum, line) => sum + line.unmet, 0);
  const quality =
    score === null
      ? `the plan is ${status}`
      : `score ${score}, proven to be ${gap === 0 ? 'the highest' : `at most ${upperBound} (gap ${((gap ?? 0) * 100).toFixed(1)} %)`}`;
  const below = `${met} meetings, ${unmet} requests not met, ${tables} tables; ${quality}; times of ${timeZone}`;
  return [
    text(MARGIN, MARGIN + 18, fitted(`One-on-ones: ${mission}`, 18, width - 2 * MARGIN), { size: 18, weight: 700 }),
    text(MARGIN, MARGIN + 38, fitted(below, 11, width - 2 * MARGIN), { size: 11, fill: PALE }),
  ].join('');
}

function columnHead(
  { x, width, startsAt, endsAt, day, breakBefore }: Column,
  timeZone: string,
  top: number,
  bottom: number,
): string {
  const middle = x + width / 2;
  const dayHead = day
    ? `<rect x="${x}" y="${top - HEAD}" width="${day.width}" height="20" fill="${INK}"/>` +
      text(x + 6, top - HEAD + 14, fitted(day.text, 11, day.width - 12), { size: 11, weight: 700, fill: '#ffffff' })
    : '';
  return [
    dayHead,
    text(middle, top - 15, clock(startsAt, timeZone), { size: 11, weight: 700, anchor: 'middle' }),
    text(middle, top - 4, `– ${clock(endsAt, timeZone)}`, { size: 9, fill: PALE, anchor: 'middle' }),
    breakBefore ? breakColumn(x - BREAK, top, bottom, breakBefore.minutes) : '',
  ].join('');
}

function breakColumn(x: number, top: number, bottom: number, minutes: number): string {
  const label = `Break, ${minutes} min`;
  const [middle, centre] = [x + BREAK / 2, (top + bottom) / 2];
  const words =
    bottom - top > textWidth(label, 9)
      ? `<text x="${middle}" y="${centre}" font-size="9" fill="${PALE}" text-anchor="middle" dominant-baseline="central" transform="rotate(-90 ${middle} ${centre})">${label}</text>`
      : '';
  return `<g><title>${label}</title><rect x="${x + 2}" y="${top}" width="${BREAK - 4}" height="${bottom - top}" fill="url(#break)"/>${words}</g>`;
}

function lineOf(line: Line, columns: Column[], y: number, right: number): string {
  const full = line.below ? `${line.name}, ${line.below}` : line.name;
  const cells = line.meetings.flatMap((meeting) => {
    const column = columns.find(({ slot }) => slot === meeting.slot);
    return column ? [cell(meeting, column, y, line.side)] : [];
  });
  const missed = line.unmet > 0 ? ` (+${line.unmet})` : '';
  return [
    `<g><title>${xmlText(full)}</title>`,
    text(MARGIN, y + 13, fitted(line.name, 11, NAMES - 10), { size: 11, weight: 700 }),
    text(MARGIN, y + 24, fitted(line.below, 9, NAMES - 10), { size: 9, fill: PALE }),
    '</g>',
    `<line x1="${MARGIN}" y1="${y + CELL_HEIGHT - 0.5}" x2="${right + COUNT}" y2="${y + CELL_HEIGHT - 0.5}" stroke="${LINE}"/>`,
    ...cells,
    text(right + 10, y + 18, `${line.meetings.length}${missed}`, { size: 10, fill: PALE }),
  ].join('');
}

function cell(meeting: PlannedRequestRow, { x, width }: Column, y: number, side: ChartSide): string {
  const { priority, table, locked, previousSlot, previousTable, slot } = meeting;
  const other = side === 'delegate' ? meeting.host : meeting.delegate;
  const moved = previousSlot !== null && (previousSlot !== slot || previousTable !== table);
  const stroke = moved ? ` stroke="${MOVED}" stroke-width="2"` : locked ? ` stroke="${INK}" stroke-width="2"` : '';
  const fill = inkOn(priority);
  const words = `${meeting.delegate} – ${meeting.host}, table ${table}, priority ${priority}${locked ? ', locked' : ''}${moved ? ', moved' : ''}`;
  return [
    `<g><title>${xmlText(words)}</title>`,
    `<rect x="${x + 1.5}" y="${y + 1.5}" width="${width - 3}" height="${CELL_HEIGHT - 4}" rx="3" fill="${fillOf(priority)}"${stroke}/>`,
    text(x + 5, y + 13, fitted(other, 9, width - 10), { size: 9, fill, weight: 700 }),
    text(x + 5, y + 23, `Table ${table}${meeting.interpreter ? ' · int.' : ''}`, { size: 8, fill }),
    '</g>',
  ].join('');
}

/** What colours, borders and figures mean. */
function legend(y: number): string {
  const colours = FILLS.map((fill, index) => {
    const x = MARGIN + 70 + index * 34;
    return `<rect x="${x}" y="${y}" width="28" height="16" rx="3" fill="${fill}" stroke="${LINE}"/>${text(x + 14, y + 12, String(index + 1), { size: 10, fill: inkOn(index + 1), anchor: 'middle' })}`;
  });
  const border = (x: number, stroke: string, words: string): string =>
    `<rect x="${x}" y="${y}" width="28" height="16" rx="3" fill="#ffffff" stroke="${stroke}" stroke-width="2"/>${text(x + 36, y + 12, words, { size: 10, fill: PALE })}`;
  return [
    text(MARGIN, y + 12, 'Priority', { size: 10, fill: PALE }),
    ...colours,
    border(MARGIN + 270, INK, 'locked'),
    border(MARGIN + 370, MOVED, 'moved'),
    text(MARGIN + 470, y + 12, '3 (+1): three meetings, one request not met', { size: 10, fill: PALE }),
  ].join('');
}

interface TextStyle {
  size: number;
  fill?: string;
  weight?: number;
  anchor?: 'middle';
}

function text(x: number, y: number, words: string, { size, fill, weight, anchor }: TextStyle): string {
  const style = `${fill ? ` fill="${fill}"` : ''}${weight ? ` font-weight="${weight}"` : ''}${anchor ? ` text-anchor="${anchor}"` : ''}`;
  return `<text x="${x}" y="${y}" font-size="${size}"${style}>${xmlText(words)}</text>`;
}
