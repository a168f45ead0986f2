export { DocumentsModule } from './documents.module.js';
export {
  PAPERS,
  type Paper,
  PDF_LANGUAGES,
  type PdfContent,
  type PdfDocument,
  type PdfHeading,
  type PdfLanguage,
  type PdfSpan,
  type PdfTable,
  type PdfText,
} from './pdf-document.js';
export { kept, rows } from './pdf-pieces.js';
export { PdfPrinter } from './pdf-printer.js';
