export { AccessModule } from './access.module.js';
export { ApiKeysReader, apiKeysList, type ApiKeyRow } from './api-keys.reader.js';
export { ApiKeysService } from './api-keys.service.js';
export { type IdempotentCall, IdempotencyStore, type KeptAnswer } from './idempotency.store.js';
export { may, type Permission } from './permissions.js';
export { PrincipalsReader } from './principals.reader.js';
export { SessionsService, type TokenPair } from './sessions.service.js';
export { networkOf } from './network.js';
export { type Allowance, Throttle } from './throttle.js';
export {
  isLastingMark,
  lastingMark,
  readToken,
  SIGNING_SECRET,
  type SigningSecret,
  signToken,
  TOKEN_ALGORITHM,
  TOKEN_ISSUER,
  verifyToken,
} from './tokens.js';
export { UserChanges } from './user-changes.js';
export { UsersReader, usersList, type UserRow } from './users.reader.js';
export { type UserInput, UsersService } from './users.service.js';
