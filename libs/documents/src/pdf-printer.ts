import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { inThread, ThreadFailed, threadFile } from '#threads';
import { DocumentTooLong, NobodyWaits, PrinterBusy } from './documents.errors.js';
import type { PdfDocument } from './pdf-document.js';
import { Turns } from './turns.js';

/** Made at once; each takes a core and some 150 MB. */
const AT_ONCE = 2;
const MOST_WAITING = 20;
/** Milliseconds for one document; a book of a hundred pages takes two or three seconds. */
const TIMEOUT = 60_000;
const MEMORY = 768;

/** Makes PDF files, each in a thread, so that everybody else is served meanwhile. */
@Injectable()
export class PdfPrinter implements OnModuleDestroy {
  private readonly turns = new Turns(AT_ONCE, MOST_WAITING);
  private readonly closing = new AbortController();

  /** Waits for its turn; who has hung up (`caller`) takes none from others. Throws PrinterBusy, DocumentTooLong, NobodyWaits. */
  async print(document: PdfDocument, caller?: AbortSignal): Promise<Buffer> {
    const signal = AbortSignal.any([this.closing.signal, ...(caller ? [caller] : [])]);
    const made = this.turns.take(() => this.made(document, signal), signal);
    if (!made) throw new PrinterBusy();
    try {
      return await made;
    } catch (error) {
      throw caller?.aborted ? new NobodyWaits() : error;
    }
  }

  onModuleDestroy(): void {
    this.closing.abort();
  }

  private async made(document: PdfDocument, signal: AbortSignal): Promise<Buffer> {
    const options = { timeout: TIMEOUT, memory: MEMORY, signal };
    try {
      return Buffer.from(await inThread<Uint8Array>(threadFile(__dirname, 'pdf'), document, options));
    } catch (error) {
      throw error instanceof ThreadFailed ? new DocumentTooLong(error.message) : error;
    }
  }
}
