"""Carries out the commands that remedies print, over a model of what they change: practice machines and a directory.

    world = World(machines, directory, dropped)
    for done in carry_out(world, findings): ...

Only what stands here is known: another command, parameter or value is refused, so that a remedy nobody can paste shows.
It proves our model of these commands and no more; what the model rests on stands in docs/unproven.md.
"""
