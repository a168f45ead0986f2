export { briefingBook, type BookOptions } from './briefing-book.js';
export { type Briefing } from './briefing.js';
export { BriefingReader } from './briefing.reader.js';
export { type InvitationLetter, invitationLetters, type LetterOptions } from './invitation-letter.js';
export { InvitationLettersReader } from './invitation-letters.reader.js';
export { type MissionReport } from './mission-report.js';
export { missionReportDocument } from './mission-report.pdf.js';
export { MissionReportReader } from './mission-report.reader.js';
export { MissionPapersModule } from './mission-papers.module.js';
