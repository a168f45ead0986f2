import { Injectable } from '@nestjs/common';
import type { ImportTarget } from './import-target.js';

/** The kinds of file there are; each feature adds its own when its module starts. */
@Injectable()
export class ImportTargets {
  private readonly targets = new Map<string, ImportTarget>();

  /** Throws when the name is taken: two features must not claim one kind of file. */
  register(target: ImportTarget): void {
    if (this.targets.has(target.name)) throw new Error(`There are two import targets named ${target.name}.`);
    this.targets.set(target.name, target);
  }

  /** Undefined when no feature knows this kind of file. */
  find(name: string): ImportTarget | undefined {
    return this.targets.get(name);
  }

  get names(): string[] {
    return [...this.targets.keys()];
  }
}
