import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { UsersReader, usersList, UsersService } from '#access';
import type { ListRequest, Page } from '#database';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreateUserDto, UpdateUserDto, UserDto } from './access.dto.js';
import { presentUser } from './access.presenter.js';

@ApiTags('Access')
@Controller('v1/users')
@Permit('users:manage')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly reader: UsersReader,
  ) {}

  /** Lists users */
  @Get()
  @Permit('records:read')
  @ApiList(UserDto, usersList)
  async list(@ListQuery() request: ListRequest): Promise<Page<UserDto>> {
    return presentPage(await this.reader.list(request), presentUser);
  }

  /** One user */
  @Get(':id')
  @Permit('records:read')
  async get(@Id() id: string): Promise<UserDto> {
    return presentUser(await this.reader.get(id));
  }

  /** Lets somebody in */
  @Post()
  @CreatesIn('/v1/users')
  async create(@Body() body: CreateUserDto): Promise<UserDto> {
    const { id } = await this.users.create(body);
    return presentUser(await this.reader.get(id));
  }

  /** Changes a user; a new password or role ends their sign-ins */
  @Patch(':id')
  @TakesIfMatch()
  async update(@Id() id: string, @Body() body: UpdateUserDto, @IfMatch() version?: number): Promise<UserDto> {
    await this.users.update(id, body, version);
    return presentUser(await this.reader.get(id));
  }

  /** Shuts a user out; the last administrator stays */
  @Delete(':id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.users.archive(id, version);
  }
}
