import { Controller, Get, Header, type StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import { type PdfDocument, PdfPrinter } from '#documents';
import { briefingBook, BriefingReader, invitationLetters, InvitationLettersReader } from '#mission-papers';
import { Permit } from '../http/access.guard.js';
import { HangUp, Id } from '../http/parameters.js';
import { pdfFile } from '../http/pdf-file.js';
import { PaperQuery, type PaperRequest, TakesPaperQuery } from './paper-query.js';

const PRIVATE = 'private, no-cache';

@ApiTags('Trade missions')
@Controller('v1')
@Permit('records:read')
export class PapersController {
  constructor(
    private readonly letters: InvitationLettersReader,
    private readonly briefings: BriefingReader,
    private readonly printer: PdfPrinter,
  ) {}

  /** The chamber's letter of invitation to a delegate, as visa applications want it; 409 for one who does not come, or when the mission is cancelled */
  @Get('delegates/:id/invitation-letter.pdf')
  @Header('Cache-Control', PRIVATE)
  @ApiProduces('application/pdf')
  @TakesPaperQuery('the language of the delegate, if it is one of these; else en')
  async letter(
    @Id() id: string,
    @PaperQuery() request: PaperRequest,
    @HangUp() hangUp: AbortSignal,
  ): Promise<StreamableFile> {
    return this.printed(invitationLetters([await this.letters.ofDelegate(id)], request), hangUp);
  }

  /** The letters to all who take part in one file, each on a page of its own */
  @Get('trade-missions/:id/invitation-letters.pdf')
  @Header('Cache-Control', PRIVATE)
  @ApiProduces('application/pdf')
  @TakesPaperQuery('each in the language of the delegate, if it is one of these; else en')
  async allLetters(
    @Id() id: string,
    @PaperQuery() request: PaperRequest,
    @HangUp() hangUp: AbortSignal,
  ): Promise<StreamableFile> {
    return this.printed(invitationLetters(await this.letters.ofMission(id), request), hangUp);
  }

  /**
   * Schedule, who is who, hosts, past meetings, open commitments and practical notes, as far as the caller may know. A
   * personal copy may leave the house: it has the delegate's own schedule and promises, and nothing restricted of others
   */
  @Get('trade-missions/:id/briefing-book.pdf')
  @Header('Cache-Control', PRIVATE)
  @ApiProduces('application/pdf')
  @TakesPaperQuery('en; what is stored stays as it is')
  @ApiQuery({ name: 'delegateId', required: false, description: 'Makes the personal copy of this delegate' })
  async book(
    @Id() id: string,
    @PaperQuery('copies') request: PaperRequest,
    @HangUp() hangUp: AbortSignal,
  ): Promise<StreamableFile> {
    return this.printed(briefingBook(await this.briefings.get(id, request.delegateId), request), hangUp);
  }

  private async printed(document: PdfDocument, hangUp: AbortSignal): Promise<StreamableFile> {
    return pdfFile(document.title, await this.printer.print(document, hangUp));
  }
}
