import { Module } from '@nestjs/common';
import { PdfPrinter } from './pdf-printer.js';

/** Documents to print. */
@Module({ providers: [PdfPrinter], exports: [PdfPrinter] })
export class DocumentsModule {}
