import { createSecretKey } from 'node:crypto';
import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { type Config, CONFIG, keptSecret } from '#config';
import { ApiKey } from './api-key.entity.js';
import { ApiKeysReader } from './api-keys.reader.js';
import { ApiKeysService } from './api-keys.service.js';
import { IdempotencyStore } from './idempotency.store.js';
import { LoginThrottle } from './login-throttle.js';
import { PrincipalsReader } from './principals.reader.js';
import { SessionsService } from './sessions.service.js';
import { SIGNING_SECRET, type SigningSecret } from './tokens.js';
import { Throttle } from './throttle.js';
import { UserChanges } from './user-changes.js';
import { User } from './user.entity.js';
import { UsersReader } from './users.reader.js';
import { UsersService } from './users.service.js';

const signingSecret = {
  provide: SIGNING_SECRET,
  inject: [CONFIG],
  useFactory: (config: Config): SigningSecret =>
    createSecretKey(config.jwtSecret ?? keptSecret(config.dataDir, 'jwt-secret'), 'utf8'),
};

/** Who may come in, and what they may do. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([User, ApiKey])],
  providers: [
    UsersService,
    UsersReader,
    UserChanges,
    ApiKeysService,
    ApiKeysReader,
    SessionsService,
    PrincipalsReader,
    Throttle,
    LoginThrottle,
    IdempotencyStore,
    signingSecret,
  ],
  exports: [
    UsersService,
    UsersReader,
    UserChanges,
    ApiKeysService,
    ApiKeysReader,
    SessionsService,
    PrincipalsReader,
    Throttle,
    IdempotencyStore,
    signingSecret,
  ],
})
export class AccessModule {}
