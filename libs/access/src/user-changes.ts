import { Injectable } from '@nestjs/common';

/** What must follow a user whose address, name, language or zone has changed, or who was shut out. In the transaction of the change. */
type Follower = (userId: string) => Promise<void>;

/** Who keeps in step with users; each hub registers itself when its module starts. */
@Injectable()
export class UserChanges {
  private readonly followers: Follower[] = [];

  register(follower: Follower): void {
    this.followers.push(follower);
  }

  async tell(userId: string): Promise<void> {
    for (const follow of this.followers) await follow(userId);
  }
}
