"""Two or more people at the same instant, each on a connection of their own."""

import threading

from django.db import connection

ROUNDS = 200


def together(*moves):
    """Run every move in its own thread, all let go at once; return results or exceptions."""
    barrier = threading.Barrier(len(moves))
    results = [None] * len(moves)

    def run(place, move):
        barrier.wait()
        try:
            results[place] = move()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(moves)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
