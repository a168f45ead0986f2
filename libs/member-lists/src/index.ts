export { DirectoryExports } from './directory-exports.js';
export { membershipsExport, organizationsExport, peopleExport } from './directory-export-rows.js';
export { MemberListsModule } from './member-lists.module.js';
