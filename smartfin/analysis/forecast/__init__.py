"""The outlook: what drives the result, forecast by a mix of small models, simulated.

drivers    what of a partner is simulated; kept_fee what is decided and therefore kept
season, prior, pool       what a short history is shrunk towards
theta, damped, momentum, wandering, baseline, drift   the models, small members of one list
model, course, mix        how they are fitted, drawn and mixed
futures, outlook          every future quarter on every path, and what is read off
scores     how any forecast is judged; ``bench/outlook.py`` tries all on public series
"""
