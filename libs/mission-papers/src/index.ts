export { briefingBook, type BookOptions } from './briefing-book.js';
export { sectorInWords } from './briefing-hosts.js';
export { nameSpans } from './briefing-people.js';
export { type Briefing } from './briefing.js';
export { BriefingReader } from './briefing.reader.js';
export { type InvitationLetter, invitationLetters, type LetterOptions } from './invitation-letter.js';
export { InvitationLettersReader } from './invitation-letters.reader.js';
export { type MissionReport } from './mission-report.js';
export { missionReportDocument } from './mission-report.pdf.js';
export { MissionReportReader } from './mission-report.reader.js';
export {
  countryInWords,
  ENTRY_KINDS,
  type InWords,
  inWords,
  ORGANIZATION_KINDS as ORGANIZATION_KIND_WORDS,
} from './paper-labels.js';
export { type PaperPerson, PaperPeopleReader, type PaperTitle } from './paper-people.reader.js';
export { facts, small } from './paper-pieces.js';
export { type PaperSender, paperSender } from './paper-sender.js';
export { dateAt, dayInWords, daysInWords, momentInWords, zoneOffset } from './paper-times.js';
export { MissionPapersModule } from './mission-papers.module.js';
