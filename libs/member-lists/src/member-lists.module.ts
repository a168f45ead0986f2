import { Module } from '@nestjs/common';
import { ImportsModule } from '#imports';
import { MembersModule } from '#members';
import { MessagingModule } from '#messaging';
import { DirectoryExports } from './directory-exports.js';
import { ImportAppeared } from './import-appeared.js';
import { ImportDependents } from './import-dependents.js';
import { ImportLookup } from './import-lookup.js';
import { ImportMail } from './import-mail.js';
import { ImportRenewals } from './import-renewals.js';
import { ImportReversalWriter } from './import-reversal-writer.js';
import { ImportSectors } from './import-sectors.js';
import { MembersImportTarget } from './import-target.js';
import { ImportWriter } from './import-writer.js';

/** The directory as files: what a row of a members list means, and the lists that leave as they may come back. */
@Module({
  imports: [ImportsModule, MembersModule, MessagingModule],
  providers: [
    DirectoryExports,
    ImportLookup,
    ImportAppeared,
    ImportSectors,
    ImportWriter,
    ImportMail,
    ImportRenewals,
    ImportReversalWriter,
    ImportDependents,
    MembersImportTarget,
  ],
  exports: [DirectoryExports],
})
export class MemberListsModule {}
