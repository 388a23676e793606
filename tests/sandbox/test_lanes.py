"""The lines before the slots: who waits, who goes first, who is sent away."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.sandbox.lanes import Full, Lane


def lane(slots: int = 1, waiting: int = 4, patience: float = 0.05, per_client: int = 100) -> Lane:
    return Lane(slots, waiting, patience, per_client)


def test_a_slot_that_comes_free_goes_to_the_client_that_has_the_fewest() -> None:
    async def test() -> None:
        line, order = lane(slots=2, patience=1), list[str]()

        async def enter(client: str) -> None:
            await line.enter(client, 1)
            order.append(client)

        await enter("greedy")
        await enter("greedy")
        tasks = [asyncio.create_task(enter(who)) for who in ("greedy", "greedy", "modest")]
        await asyncio.sleep(0)
        line.leave("greedy")
        await asyncio.sleep(0)
        assert order[2:] == ["modest"]
        for task in tasks:
            task.cancel()

    asyncio.run(test())


def test_who_waits_in_vain_is_told_that_there_is_no_room() -> None:
    async def test() -> None:
        line = lane()
        await line.enter("a", 1)
        with pytest.raises(Full) as caught:
            await line.enter("b", 1)
        assert not caught.value.by_client

    asyncio.run(test())


def test_a_full_line_sends_away_the_last_of_the_client_that_has_most() -> None:
    async def test() -> None:
        line = lane(waiting=3, patience=1)
        await line.enter("greedy", 1)
        tasks = [asyncio.create_task(line.enter("greedy", 1)) for _ in range(3)]
        await asyncio.sleep(0)
        modest = asyncio.create_task(line.enter("modest", 1))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert [task.done() for task in tasks] == [False, False, True]
        assert isinstance(tasks[2].exception(), Full)
        for task in (*tasks, modest):
            task.cancel()

    asyncio.run(test())


def test_one_client_has_no_more_than_its_part() -> None:
    async def test() -> None:
        line = lane(slots=2, per_client=1)
        await line.enter("a", 1)
        with pytest.raises(Full) as caught:
            await line.enter("a", 1)
        assert caught.value.by_client
        await line.enter("b", 1)

    asyncio.run(test())


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 0.004)), max_size=25))
def test_whatever_comes_and_goes_all_slots_are_free_in_the_end(
    visits: list[tuple[str, float]],
) -> None:
    async def visit(line: Lane, client: str, seconds: float) -> None:
        try:
            await line.enter(client, 1)
        except Full:
            return
        try:
            await asyncio.sleep(seconds)
        finally:
            line.leave(client)

    async def test() -> None:
        line = lane(slots=2, waiting=3, patience=0.002, per_client=3)
        tasks = [asyncio.create_task(visit(line, *each)) for each in visits]
        for task in tasks[::3]:
            asyncio.get_running_loop().call_later(0.001, task.cancel)
        await asyncio.gather(*tasks, return_exceptions=True)
        assert line.try_enter("x")
        assert line.try_enter("y")
        assert not line.try_enter("z")

    asyncio.run(test())
