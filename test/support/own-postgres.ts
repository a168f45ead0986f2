import { migrate } from '#database';
import { SupervisorGround } from './supervised-postgres.js';

/** A PostgreSQL of one test file's own, which may be killed and started again with its data, at the same address. */
export class OwnPostgres {
  private readonly ground = new SupervisorGround();
  private readonly dataDir = this.ground.newDataDir();
  private server?: Awaited<ReturnType<SupervisorGround['start']>>;

  get url(): string {
    return this.server?.url ?? '';
  }

  /** With the schema, and nothing in it. */
  static async start(): Promise<OwnPostgres> {
    const postgres = new OwnPostgres();
    try {
      postgres.server = await postgres.ground.start({ dataDir: postgres.dataDir });
      await migrate(postgres.url);
      return postgres;
    } catch (error) {
      await postgres.stop();
      throw error;
    }
  }

  /** SIGKILL of the server and of who supervises it; its connections break and nothing answers any more. */
  async kill(): Promise<void> {
    if (this.server) process.kill(this.server.pid, 'SIGKILL');
    await this.server?.supervisor.kill();
  }

  /** After `kill`: recovers what was committed. */
  async restart(): Promise<void> {
    this.server = await this.ground.start({ dataDir: this.dataDir });
  }

  stop(): Promise<void> {
    return this.ground.remove();
  }
}
