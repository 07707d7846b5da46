"""The Country page: one partner in depth, a question a section.

view        everything the page shows, frozen
sections    its sections in the order in which they are read
statement, change, needed, split, story, plan, alarms   what a section is made of
"""
