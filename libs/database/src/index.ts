export { type Actor, type Role, ROLES, SYSTEM } from './actor.js';
export { dataSourceOptions } from './data-source.js';
export { Database, isOutOfConnections, Transactional } from './database.js';
export { DatabaseModule } from './database.module.js';
export { DataDirInUseError, EmbeddedPostgresError } from './embedded/embedded-postgres.errors.js';
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded/embedded-postgres.js';
export { decodeCursor, encodeCursor } from './listing/cursor.js';
export { filterSql, isCalendarDate, OPERATORS, parameterName, Parameters } from './listing/filter-sql.js';
export { BadListRequest } from './listing/list-faults.js';
export { childrenOf, demandOne, listPage } from './listing/list-page.js';
export * from './listing/list-spec.js';
export { migrate } from './migrate.js';
export { currentActor, currentScope, inScope, type Scope } from './scope.js';
export { VersionedEntity } from './versioned.entity.js';
